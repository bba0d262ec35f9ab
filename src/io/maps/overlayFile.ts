/** The files of a drawing: the text itself, and the pictures that it names, in a KMZ or beside the file. Nothing else is opened. */
import path from "node:path";
import { decodeText } from "../../core/decodeText.js";
import { fileNameProblem } from "../../core/fileName.js";
import { err, ok, type Result } from "../../core/result.js";
import { openZipFile, type ZipFile } from "../pack/zipFile.js";
import type { ZipMember } from "../pack/zipDirectory.js";
import { openRegularFile, type OpenFileProblem } from "../regularFile.js";

const TEXT_BYTES_MAX = 64 * 2 ** 20;
const PICTURE_BYTES_MAX = 128 * 2 ** 20;
const MEMBERS_MAX = 2000;

type OverlayFileProblem = OpenFileProblem | { readonly kind: "damaged"; readonly reason: string };

export type OverlayFile = {
  readonly text: string;
  /** Another drawing of the same KMZ, by the name that a link gives it. A file that a person did not name is never opened. */
  readonly linked: (href: string) => Promise<string | undefined>;
  /** A picture by the name that the text gives it; undefined where it is no plain path, or nothing is there. */
  readonly picture: (href: string) => Promise<Result<NamedPicture, OverlayFileProblem> | undefined>;
};
/** `file`: its path where it lies beside the drawing; undefined for one in the KMZ itself. */
type NamedPicture = { readonly bytes: Uint8Array; readonly file: string | undefined };

export async function readOverlayFile(file: string): Promise<Result<OverlayFile, OverlayFileProblem>> {
  if (path.extname(file).toLowerCase() === ".kmz") return readKmz(file);
  const bytes = await bytesOf(file, TEXT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  return ok({
    text: decodeText(bytes.value),
    linked: () => Promise.resolve(undefined),
    picture: async (href) => {
      const parts = partsOf(href);
      if (!parts) return undefined;
      const beside = path.join(path.dirname(file), ...parts);
      const found = await bytesOf(beside, PICTURE_BYTES_MAX);
      if (found.ok) return ok({ bytes: found.value, file: beside });
      return found.error.kind === "not-there" ? undefined : found;
    },
  });
}

/** The names of a relative path downwards; undefined for an address, a path upwards, or one from the root. */
function partsOf(href: string): readonly string[] | undefined {
  let plain: string;
  try {
    plain = decodeURIComponent(href);
  } catch {
    // A "%" that is one.
    plain = href;
  }
  const parts = plain.replace(/\\/g, "/").replace(/^\.\//, "").split("/");
  return parts.every((part) => fileNameProblem(part) === undefined) ? parts : undefined;
}

async function bytesOf(file: string, bytesMax: number): Promise<Result<Uint8Array, OverlayFileProblem>> {
  const opened = await openRegularFile(file);
  if (!opened.ok) return opened;
  const { handle, bytes } = opened.value;
  try {
    if (bytes > bytesMax) return err({ kind: "damaged", reason: `larger than ${bytesMax / 2 ** 20} MB` });
    return ok(await handle.readFile());
  } catch (cause) {
    return err({ kind: "not-readable", reason: (cause as NodeJS.ErrnoException).code ?? String(cause) });
  } finally {
    await handle.close();
  }
}

/** The first KML of a KMZ is its drawing ("doc.kml" by custom); pictures are read when they are asked for. */
async function readKmz(file: string): Promise<Result<OverlayFile, OverlayFileProblem>> {
  const zip = await openZipFile(file, MEMBERS_MAX, true);
  if (!zip.ok) return err(zipProblem(zip.error));
  try {
    const { members } = zip.value;
    const document = members.find(({ name }) => name === "doc.kml") ?? members.find(isKml);
    if (!document) return err({ kind: "damaged", reason: "no .kml is in it" });
    const text = await memberOf(zip.value, document, TEXT_BYTES_MAX);
    if (!text.ok) return text;
    const within = { file, documentName: document.name };
    return ok({
      text: decodeText(text.value),
      linked: async (href) => {
        const other = href.toLowerCase().endsWith(".kml") ? await memberAt(within, href, TEXT_BYTES_MAX) : undefined;
        return other?.ok === true ? decodeText(other.value) : undefined;
      },
      picture: async (href) => {
        const found = await memberAt(within, href, PICTURE_BYTES_MAX);
        return found?.ok === true ? ok({ bytes: found.value, file: undefined }) : found;
      },
    });
  } finally {
    await zip.value.close();
  }
}

const isKml = ({ name }: ZipMember): boolean => name.toLowerCase().endsWith(".kml");

type ZipOpenProblem = Extract<Awaited<ReturnType<typeof openZipFile>>, { ok: false }>["error"];

function zipProblem(problem: ZipOpenProblem): OverlayFileProblem {
  const { kind } = problem;
  if (kind === "not-there" || kind === "not-readable" || kind === "not-a-file") return problem;
  if (kind === "io") return { kind: "not-readable", reason: problem.code };
  if (kind === "no-zip") return { kind: "damaged", reason: "it is no ZIP, as a KMZ is" };
  const member = kind === "bad-member-name" ? `it holds "${problem.name}", which is no plain path` : undefined;
  return { kind: "damaged", reason: member ?? `its ZIP: ${kind}` };
}

type Within = { readonly file: string; readonly documentName: string };

async function memberAt(
  { file, documentName }: Within,
  href: string,
  bytesMax: number,
): Promise<Result<Uint8Array, OverlayFileProblem> | undefined> {
  const parts = partsOf(href);
  if (!parts) return undefined;
  const zip = await openZipFile(file, MEMBERS_MAX, true);
  if (!zip.ok) return err(zipProblem(zip.error));
  try {
    const name = path.posix.join(path.posix.dirname(documentName), ...parts);
    const member = zip.value.members.find((one) => one.name === name);
    return member && (await memberOf(zip.value, member, bytesMax));
  } finally {
    await zip.value.close();
  }
}

/** Never more than `bytesMax` are unpacked, whatever the member says of itself. */
async function memberOf(
  zip: ZipFile,
  member: ZipMember,
  bytesMax: number,
): Promise<Result<Uint8Array, OverlayFileProblem>> {
  if (member.sizeBytes > bytesMax) return err(inIt(member, `is larger than ${bytesMax / 2 ** 20} MB`));
  const pieces: Uint8Array[] = [];
  const read = await zip.read<never>(member, (piece) => {
    pieces.push(piece);
    return Promise.resolve(ok(undefined));
  });
  if (read.ok) return ok(Buffer.concat(pieces));
  const { kind } = read.error;
  return err(inIt(member, kind === "wrong-size" ? "does not unpack to the size that it states" : "is damaged"));
}

const inIt = ({ name }: ZipMember, problem: string): OverlayFileProblem => ({
  ...{ kind: "damaged", reason: `${name} in it ${problem}` },
});
