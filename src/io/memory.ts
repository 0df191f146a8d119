import type { Answer, Host, Message, Question } from "./host.ts";

/** A host that keeps what it was told and answers from a list: for tests and for embedding. */
export interface MemoryHost extends Host {
  readonly messages: Message[];
  readonly questions: Question[];
  texts(kind: Message["kind"]): string[];
}

/** @param answers taken in order; then every question gets its default */
export function memoryHost(answers: readonly (boolean | string | readonly string[])[] = []): MemoryHost {
  const left = [...answers];
  const messages: Message[] = [];
  const questions: Question[] = [];
  return {
    messages,
    questions,
    texts: (kind) => messages.flatMap((message) => (message.kind === kind && "text" in message ? [message.text] : [])),
    tell: (message) => void messages.push(message),
    ask: async <Q extends Question>(question: Q) => {
      questions.push(question);
      return (left.shift() ?? question.default) as Answer<Q>;
    },
  };
}
