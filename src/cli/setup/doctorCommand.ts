import { createSocket } from "node:dgram";
import { parseArgs } from "node:util";
import { displayName } from "./displayName.js";
import { DESKTOP_PACKAGES, missingPackages, TEST_PACKAGES } from "./debianPackages.js";
import { userPaths } from "../../station/installation.js";
import { type Finding, good, groundFindings } from "./doctorGround.js";
import { findElectron } from "./electronBinary.js";
import { projectRoot } from "./projectRoot.js";

function nodeFinding(): Finding {
  const isRecent = Number(process.versions.node.split(".")[0]) >= 20;
  if (isRecent) return good("Node.js", process.version);
  return { what: "Node.js", state: "need", found: process.version, remedy: "Install Node.js 20 or newer." };
}

function packagesFinding(what: string, wanted: readonly string[], state: "need" | "wish"): Finding {
  if (process.platform !== "linux") return good(what, "not needed on this system");
  const missing = missingPackages(wanted);
  if (missing.length === 0) return good(what, "all there");
  return { what, state, found: `missing: ${missing.join(" ")}`, remedy: `sudo apt-get install ${missing.join(" ")}` };
}

function electronFinding(root: string): Finding {
  const found = findElectron(root, { mayFetch: false, print: () => undefined });
  if (found.ok) return good("Electron", `${found.value.origin}: ${found.value.executable}`);
  return {
    what: "Electron",
    state: "wish",
    found: "none; `npm start` will try to fetch it, else it serves the application to your browser",
    remedy: "npx install-electron, or set VIGIE_ELECTRON to a binary",
  };
}

function displayFinding(): Finding {
  const name = displayName(process.env);
  if (process.platform !== "linux" || name !== undefined) return good("Display", name ?? "native");
  const remedy = "Start from a desktop session, or use `npx vigie serve` and a browser.";
  return { what: "Display", state: "wish", found: "none", remedy };
}

async function decoderFinding(): Promise<Finding> {
  const what = "Video decoder without a window";
  try {
    await import("@napi-rs/webcodecs");
    return good(what, "@napi-rs/webcodecs");
  } catch {
    // An optional package; this line only reports that it is missing.
    const remedy = "npm install --include=optional (the desktop window decodes without it)";
    return { what, state: "wish", found: "not installed", remedy };
  }
}

function portFinding(what: string, port: number): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.once("error", () => {
      const remedy = `Stop the program that uses it, or name another with --link or --video.`;
      resolve({ what, state: "wish", found: "in use by another program", remedy });
    });
    socket.bind(port, () => socket.close(() => resolve(good(what, "free"))));
  });
}

async function examine(): Promise<readonly Finding[]> {
  const root = projectRoot();
  return [
    nodeFinding(),
    packagesFinding("Debian packages for the window", DESKTOP_PACKAGES, "wish"),
    packagesFinding("Debian packages for the tests", TEST_PACKAGES, "wish"),
    electronFinding(root),
    displayFinding(),
    await decoderFinding(),
    ...(await groundFindings(root, userPaths().data)),
    await portFinding("UDP 14550 (MAVLink)", 14550),
    await portFinding("UDP 5600 (video)", 5600),
  ];
}

const MARK = { good: "✓", need: "✗", wish: "!" } as const;

/** `vigie doctor [--json]`: what is missing and how to get it. Exit 1 when something needed is missing. */
export async function runDoctor(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...argv], options: { json: { type: "boolean", default: false } } });
  const findings = await examine();
  const isHealthy = findings.every((finding) => finding.state !== "need");
  if (values.json) {
    console.log(JSON.stringify({ ok: isHealthy, findings }));
  } else {
    for (const finding of findings) {
      console.log(`${MARK[finding.state]} ${finding.what}: ${finding.found}`);
      if (finding.remedy !== undefined) console.log(`    ${finding.remedy}`);
    }
  }
  return isHealthy ? 0 : 1;
}
