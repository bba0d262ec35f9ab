/** An opened file. */
export type OpenFile = {
  /** The size reported to the client; for ArduPilot's virtual files only an estimate. */
  readonly reportedSizeBytes: number;
  /** Up to `length` bytes from `offset`; empty at the end; undefined when this read is refused. */
  readonly read: (offset: number, length: number) => Uint8Array | undefined;
};

export type Entry =
  | { readonly kind: "file"; readonly name: string; readonly size: number }
  | { readonly kind: "folder"; readonly name: string };

/** The files of one aircraft. Paths begin with a slash (ArduPilot's virtual ones with @) and have none at the end. */
export type FileTree = {
  readonly list: (path: string) => readonly Entry[] | undefined;
  readonly open: (path: string) => OpenFile | undefined;
  /** Creates an empty file, or truncates an existing one. */
  readonly create: (path: string) => "done" | "protected" | "no-folder";
  /** False when the file does not exist or is read-only. */
  readonly write: (path: string, offset: number, bytes: Uint8Array) => boolean;
  readonly remove: (path: string) => "done" | "missing" | "protected";
};

/** A virtual file, generated on opening; the path may carry a query (`param.pck?withdefaults=1`). */
export type MadeFile = {
  readonly reportedSizeBytes: () => number;
  readonly open: (query: string) => OpenFile | undefined;
};

type TreeOptions = {
  /** Plain files by path, generated at the first access. */
  readonly files: ReadonlyMap<string, () => Uint8Array>;
  readonly made: ReadonlyMap<string, MadeFile>;
  /** Path prefix below which a station may write. */
  readonly writable: string;
};

export function openBytes(bytes: Uint8Array, reportedSizeBytes = bytes.length): OpenFile {
  return {
    reportedSizeBytes,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), offset + length),
  };
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The direct entries of `folder`, derived from the paths below it. */
function entriesBelow(folder: string, sizes: ReadonlyMap<string, () => number>): readonly Entry[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const found = new Map<string, Entry>();
  for (const [path, size] of sizes) {
    if (!path.startsWith(prefix)) continue;
    const [name = "", ...deeper] = path.slice(prefix.length).split("/");
    if (deeper.length > 0) found.set(name, { kind: "folder", name });
    else found.set(name, { kind: "file", name, size: size() });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Normalises a path: "/APM/LOGS/" and "APM/LOGS" become "APM/LOGS". */
const plain = (path: string): string => path.replace(/^\/+/, "").replace(/\/+$/, "");

export function createFileTree({ files, made, writable }: TreeOptions): FileTree {
  const own = new Map([...files].map(([path, make]) => [plain(path), make]));
  const kept = new Map<string, Uint8Array>();
  const contentOf = (path: string): Uint8Array | undefined => {
    const known = kept.get(path);
    if (known) return known;
    const bytes = own.get(path)?.();
    if (bytes) kept.set(path, bytes);
    return bytes;
  };
  const sizes = (): ReadonlyMap<string, () => number> =>
    new Map([
      ...[...own.keys()].map((path) => [path, () => contentOf(path)?.length ?? 0] as const),
      ...[...made].map(([path, { reportedSizeBytes }]) => [path, reportedSizeBytes] as const),
    ]);
  const isWritable = (path: string): boolean => path.startsWith(plain(writable));
  return {
    list: (given) => {
      const entries = entriesBelow(plain(given), sizes());
      return entries.length === 0 && plain(given) !== "" ? undefined : entries;
    },
    open: (given) => {
      const [path = "", query = ""] = plain(given).split("?");
      const virtual = made.get(path);
      if (virtual) return virtual.open(query);
      const bytes = contentOf(path);
      return bytes && openBytes(bytes);
    },
    create: (given) => {
      const path = plain(given);
      if (!isWritable(path)) return "protected";
      const folder = folderOf(path);
      if (folder !== "" && entriesBelow(folder, sizes()).length === 0) return "no-folder";
      own.set(path, () => new Uint8Array());
      kept.set(path, new Uint8Array());
      return "done";
    },
    write: (given, offset, bytes) => {
      const before = contentOf(plain(given));
      if (!before || !isWritable(plain(given))) return false;
      const after = new Uint8Array(Math.max(before.length, offset + bytes.length));
      after.set(before);
      after.set(bytes, offset);
      kept.set(plain(given), after);
      return true;
    },
    remove: (given) => {
      const path = plain(given);
      if (!own.has(path)) return "missing";
      if (!isWritable(path)) return "protected";
      own.delete(path);
      kept.delete(path);
      return "done";
    },
  };
}
