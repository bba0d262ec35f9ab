import { utf8Bytes } from "./utf8.js";

/** Why a name that a person typed cannot become a file's name; the same rules on every system, so that files travel. */
export const NAME_PROBLEMS = ["empty", "spaces", "dot", "characters", "unseen", "device", "too-long"] as const;
export type NameProblem = (typeof NAME_PROBLEMS)[number];

/** Of the name without its ending. File systems take 255 bytes; endings, numbers and ".writing" come behind. */
const NAME_BYTES_MAX = 120;

/** Those of Windows, with any ending: "CON.plan" opens the console there. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** Control characters, halves of characters, and what turns the reading direction or is not seen: two names would look alike. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u034f\u115f\u1160\u3164\uffa0\ufe00-\ufe0f]/u;

/** Undefined for a name that may be used. Anything else is refused, never silently changed: two plans must not become one. */
export function fileNameProblem(name: string): NameProblem | undefined {
  if (name.trim() === "") return "empty";
  if (UNSEEN.test(name)) return "unseen";
  if (name !== name.trim()) return "spaces";
  if (name.startsWith(".") || name.endsWith(".")) return "dot";
  if (/[/\\:*?"<>|]/.test(name)) return "characters";
  if (DEVICE.test(name)) return "device";
  return utf8Bytes(name).byteLength > NAME_BYTES_MAX ? "too-long" : undefined;
}
