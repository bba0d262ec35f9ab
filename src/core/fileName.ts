import { utf8Bytes } from "./utf8.js";

/**
 * Why a name entered by a person cannot be a file name; the same rules on every system, so that files can be copied
 * between them.
 */
export const NAME_PROBLEMS = ["empty", "spaces", "dot", "characters", "unseen", "device", "too-long"] as const;
export type NameProblem = (typeof NAME_PROBLEMS)[number];

/**
 * Limit for the name without its extension. File systems allow 255 bytes; extensions, numbers and ".writing" are added.
 */
const NAME_BYTES_MAX = 120;

/** Device names of Windows, with any extension: "CON.plan" would open the console there. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/**
 * Control characters, lone surrogates, and characters that are invisible or change the reading direction: two different
 * names would look alike.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f]/u;

/**
 * Undefined for a valid name. Any other is refused and never changed silently: otherwise two plans could become one.
 */
export function fileNameProblem(name: string): NameProblem | undefined {
  if (name.trim() === "") return "empty";
  if (UNSEEN.test(name)) return "unseen";
  if (name !== name.trim()) return "spaces";
  if (name.startsWith(".") || name.endsWith(".")) return "dot";
  if (/[/\\:*?"<>|]/.test(name)) return "characters";
  if (DEVICE.test(name)) return "device";
  return utf8Bytes(name).byteLength > NAME_BYTES_MAX ? "too-long" : undefined;
}
