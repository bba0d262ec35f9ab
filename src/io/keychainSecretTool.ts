import { spawn } from "node:child_process";
import { err, ok } from "../core/result.js";
import { ioFailure } from "./fileStore.js";
import type { Sealer } from "./keychain.js";

const SERVICE = "vigie-signing";
/** A locked keyring first asks the user for the password; without an answer in this time it counts as missing. */
const ANSWER_MS = 20_000;

type Ran = { readonly status: number | undefined; readonly out: string; readonly complaint: string };

/** The desktop's keyring (GNOME, KDE) through libsecret's own tool; secrets are passed by pipe, never as arguments. */
export function createSecretToolSealer(tool = "secret-tool"): Sealer {
  const run = (args: readonly string[], input = ""): Promise<Ran> => runTool(tool, args, input);
  const place = (name: string): string[] => ["service", SERVICE, "key", name];
  return {
    id: "secret-tool",
    store: "keychain",
    isAvailable: async () => {
      if (process.platform !== "linux") return false;
      // A look-up of any name shows whether there is a keyring: without one the tool prints an error.
      const { status, complaint } = await run(["lookup", ...place("is anybody there")]);
      return status !== undefined && complaint.trim() === "";
    },
    seal: async (name, secret) => {
      const text = Buffer.from(secret).toString("base64");
      const { status, complaint } = await run(["store", `--label=Vigie signing key ${name}`, ...place(name)], text);
      return status === 0 ? ok("") : err(ioFailure("keep a key", complaint.trim() || "keyring"));
    },
    open: async (name) => {
      const { status, out } = await run(["lookup", ...place(name)]);
      return status === 0 && out !== "" ? new Uint8Array(Buffer.from(out.trim(), "base64")) : undefined;
    },
    forget: async (name) => {
      await run(["clear", ...place(name)]);
    },
  };
}

function runTool(tool: string, args: readonly string[], input: string): Promise<Ran> {
  return new Promise((resolve) => {
    let [out, complaint] = ["", ""];
    const child = spawn(tool, args, { stdio: "pipe", killSignal: "SIGKILL" });
    const timer = setTimeout(() => child.kill("SIGKILL"), ANSWER_MS);
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
    child.on("error", () => {
      clearTimeout(timer);
      resolve({ status: undefined, out: "", complaint: "not there" });
    });
    child.on("close", (status) => {
      clearTimeout(timer);
      resolve({ status: status ?? undefined, out, complaint });
    });
    // The tool may end before it has read its input.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
