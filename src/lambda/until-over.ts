/**
 * Waits for work as long as there is time. The calls of work that is left to itself must end with the same signal.
 * @returns undefined = the time was over first
 * @throws what the work throws while there is time
 */
export async function untilOver<T>(work: Promise<T>, over: AbortSignal): Promise<T | undefined> {
  let end: () => void = () => undefined;
  const isOver = new Promise<undefined>((resolve) => {
    end = () => resolve(undefined);
  });
  if (over.aborted) end();
  over.addEventListener("abort", end, { once: true });
  try {
    return await Promise.race([work, isOver]);
  } catch (error) {
    if (!over.aborted) throw error;
    return undefined;
  } finally {
    over.removeEventListener("abort", end);
    // Nobody waits any more for what it may still throw.
    work.catch(() => undefined);
  }
}
