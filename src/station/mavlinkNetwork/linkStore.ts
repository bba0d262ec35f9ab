import { join } from "node:path";
import { z } from "zod";
import type { SigningPolicy } from "../../contract/linkMessages.js";
import { parseBoundedJson, SMALL_FILE_LIMITS } from "../../core/boundedJson.js";
import { readText, writeAtomic } from "../../io/fileStore.js";
import type { LinkRole } from "./linkSession.js";

type KeptLink = { readonly uri: string; readonly role: LinkRole };
type KeptSigning = { readonly policy: SigningPolicy; readonly keyName?: string | undefined };
export type KeptLinks = {
  readonly links: readonly KeptLink[];
  /** By link name; includes links from the command line. */
  readonly signing: Readonly<Record<string, KeptSigning>>;
};

const schema = z.object({
  links: z.array(z.object({ uri: z.string(), role: z.enum(["vehicle", "output"]) })),
  signing: z.record(
    z.string(),
    z.object({ policy: z.enum(["off", "sign", "require"]), keyName: z.string().optional() }),
  ),
});
const NONE: KeptLinks = { links: [], signing: {} };

/** Stores the links added at run time, and how each is signed, for the next start. */
type LinkStore = {
  /** `problem` when the file exists but cannot be read: it is left untouched until something new is stored. */
  readonly load: () => Promise<{ readonly kept: KeptLinks; readonly problem: string | undefined }>;
  readonly save: (kept: KeptLinks) => Promise<void>;
};

export function createLinkStore(dataFolder: string): LinkStore {
  const path = join(dataFolder, "links.json");
  let writing: Promise<unknown> = Promise.resolve();
  return {
    load: async () => {
      const text = await readText(path);
      if (!text.ok) return { kept: NONE, problem: text.error.code === "ENOENT" ? undefined : text.error.code };
      const json = parseBoundedJson(text.value, SMALL_FILE_LIMITS);
      const kept = schema.safeParse(json.ok ? json.value : undefined);
      return kept.success ? { kept: kept.data, problem: undefined } : { kept: NONE, problem: path };
    },
    save: async (kept) => {
      // One write after the other: two versions of the file must not overlap.
      writing = writing.then(() => writeAtomic(path, `${JSON.stringify({ version: 1, ...kept }, undefined, 2)}\n`));
      await writing;
    },
  };
}
