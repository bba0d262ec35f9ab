/** A file as one opening of it sees it. */
export type OpenFile = {
  /** What the aircraft says its size is; for made-up files on an ArduPilot that is a guess. */
  readonly reportedSizeBytes: number;
  /** Up to `length` bytes from `offset`; empty at the end; undefined when it will not be read that way. */
  readonly read: (offset: number, length: number) => Uint8Array | undefined;
};

export type Entry =
  | { readonly kind: "file"; readonly name: string; readonly size: number }
  | { readonly kind: "folder"; readonly name: string };

/** The files of one aircraft. Paths begin with a slash (a virtual one on ArduPilot with @) and do not end with one. */
export type FileTree = {
  readonly list: (path: string) => readonly Entry[] | undefined;
  readonly open: (path: string) => OpenFile | undefined;
  /** Makes an empty file, or empties it. */
  readonly create: (path: string) => "done" | "protected" | "no-folder";
  /** False when there is no such file, or it cannot be written. */
  readonly write: (path: string, offset: number, bytes: Uint8Array) => boolean;
  readonly remove: (path: string) => "done" | "missing" | "protected";
};

/** A file the aircraft makes when it is asked for, whatever the path's query part says (`param.pck?withdefaults=1`). */
export type MadeFile = {
  readonly reportedSizeBytes: () => number;
  readonly open: (query: string) => OpenFile | undefined;
};

type TreeOptions = {
  /** Plain files by path, made when first wanted. */
  readonly files: ReadonlyMap<string, () => Uint8Array>;
  readonly made: ReadonlyMap<string, MadeFile>;
  /** Where a station may write: the beginning of a path. */
  readonly writable: string;
};

export function openBytes(bytes: Uint8Array, reportedSizeBytes = bytes.length): OpenFile {
  return {
    reportedSizeBytes,
    read: (offset, length) => bytes.subarray(Math.min(offset, bytes.length), offset + length),
  };
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The entries right below `folder`, of paths anywhere below it. */
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

/** "/APM/LOGS/" and "APM/LOGS" are "APM/LOGS". */
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
