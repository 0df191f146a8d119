import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import { EvenkeelError } from "../../model/errors.ts";
import { list } from "./sql.ts";

type DuckModule = typeof import("@duckdb/node-api");

/** What DuckDB may keep in memory; the rest goes to its folder. Leaves room for Node below a gigabyte. */
const MEMORY = "700MB";

/**
 * Bills count by UTC; dates without a zone are meant so. What a parquet file tells at its end is read once, not by each statement.
 */
const SETTINGS = "SET TimeZone = 'UTC'; SET preserve_insertion_order = false; SET parquet_metadata_cache = true";

/** A database of one bill, in memory, that can read nothing but the bill's files. */
export interface Duck {
  /** Its own folder, for what does not fit into memory; only the owner can look into it. */
  readonly folder: string;
  /** Runs statements; the rows of the last one. */
  rows(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
  /** The same beside whatever else is under way; it knows no tables but the bill's files. */
  beside(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
  /** Puts rows, given as columns, into a table of INTEGER columns. */
  append(table: string, columns: readonly (readonly number[])[]): Promise<void>;
  /** From now on it reads these files and no other, and nothing of this can be changed. */
  lock(files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/**
 * DuckDB is large and only bills need it: a peer that is installed by who wants it.
 * @param load for tests
 * @throws EvenkeelError USAGE when it is not installed, or can't be loaded here
 */
export async function openDuck(
  signal: AbortSignal | undefined,
  load: () => Promise<DuckModule> = () => import("@duckdb/node-api"),
): Promise<Duck> {
  const module = await loaded(load);
  const folder = await mkdtemp(join(tmpdir(), "evenkeel-bill-"));
  try {
    const instance = await module.DuckDBInstance.create(":memory:", {
      memory_limit: MEMORY,
      temp_directory: join(folder, "spilled"),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connections = [await instance.connect(), await instance.connect()] as const;
    for (const each of connections) await each.run(SETTINGS);
    const [connection, other] = connections;
    const close = async () => {
      for (const each of connections) each.closeSync();
      instance.closeSync();
      await removed(folder);
    };
    return {
      rows: (sql) => rowsOf(connection, signal, sql),
      beside: (sql) => rowsOf(other, signal, sql),
      append: (table, columns) => appendTo(module, connection, table, columns),
      // Holds for all connections.
      lock: async (files) => {
        await connection.run(
          `SET allowed_paths = ${list(files)}; SET enable_external_access = false; SET lock_configuration = true`,
        );
      },
      folder,
      close,
    };
  } catch (error) {
    await removed(folder);
    throw error;
  }
}

async function rowsOf(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  sql: string,
): Promise<readonly (readonly DuckDBValue[])[]> {
  signal?.throwIfAborted();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    return await (await connection.run(sql)).getRows();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", interrupt);
  }
}

/** DuckDB takes rows in chunks of this many. */
const CHUNK = 2048;

async function appendTo(
  { DuckDBDataChunk, INTEGER }: DuckModule,
  connection: DuckDBConnection,
  table: string,
  columns: readonly (readonly number[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  const rows = columns[0]?.length ?? 0;
  for (let at = 0; at < rows; at += CHUNK) {
    const chunk = DuckDBDataChunk.create(columns.map(() => INTEGER));
    chunk.setColumns(columns.map((column) => column.slice(at, at + CHUNK)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function loaded(load: () => Promise<DuckModule>): Promise<DuckModule> {
  try {
    return await load();
  } catch (error) {
    throw new EvenkeelError("USAGE", "bill files are read with DuckDB, which is not installed beside evenkeel", {
      hint: "npm install @duckdb/node-api",
      cause: error,
    });
  }
}

/** What can't be removed harms nobody: it is the owner's, in the folder for what is temporary. */
async function removed(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
}
