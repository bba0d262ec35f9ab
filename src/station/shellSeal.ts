import type { ShellSeal } from "../io/keychainShell.js";
import type { ShellToStation, StationToShell } from "./hostProtocol.js";

/** A shell that does not answer within this time counts as having no keychain. */
const ANSWER_MS = 5000;

type ShellAsker = {
  readonly seal: ShellSeal;
  readonly onAnswer: (answer: Extract<ShellToStation, { kind: "sealed" }>) => void;
};

/** Sends requests for the keychain to the desktop shell, each with a number that its answer repeats. */
export function createShellAsker(post: (message: StationToShell) => void): ShellAsker {
  const waiting = new Map<number, (text: string | undefined) => void>();
  let askId = 0;
  const ask = (kind: StationToShell["kind"], text: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      const id = ++askId;
      const end = (answer: string | undefined): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(() => end(undefined), ANSWER_MS);
      waiting.set(id, end);
      post({ kind, askId: id, text });
    });
  return {
    seal: { seal: (text) => ask("seal", text), unseal: (sealed) => ask("unseal", sealed) },
    onAnswer: ({ askId: id, text }) => waiting.get(id)?.(text),
  };
}
