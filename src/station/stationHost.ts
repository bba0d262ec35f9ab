/**
 * The entry point of Electron's utility process: a station whose screens are windows, reached over the ports that the
 * shell passes in (`hostProtocol.ts`). Depends on Electron only through the types below.
 */
import { fromElectronPort, type ElectronPort } from "../io/messagePortLike.js";
import type { ShellSeal } from "../io/keychainShell.js";
import type { Envelope } from "../contract/envelope.js";
import type { ShellToStation, StationHostOptions, StationToShell } from "./hostProtocol.js";
import { createShellAsker } from "./shellSeal.js";
import { createStation } from "./station.js";
import type { Station, UiSession } from "./stationTypes.js";

/** `process.parentPort` of an Electron utility process. */
type ParentPort = {
  readonly on: (
    event: "message",
    listener: (event: { readonly data: unknown; readonly ports: readonly ElectronPort[] }) => void,
  ) => unknown;
  readonly postMessage: (message: StationToShell) => void;
};

function runStationHost(parentPort: ParentPort, exit: (status: number) => void): void {
  let station: Station | undefined;
  const shell = createShellAsker((message) => parentPort.postMessage(message));
  let window: { readonly session: UiSession; readonly port: ElectronPort } | undefined;

  const connectWindow = (port: ElectronPort): void => {
    // The previous page is gone or about to go: its port is dead.
    window?.session.close();
    window?.port.close();
    const wire = fromElectronPort(port);
    const session = station?.connectUi((envelope: Envelope) => wire.postMessage(envelope));
    if (!session) return;
    window = { session, port };
    wire.onMessage(session.fromUi);
    wire.onClose(session.close);
  };
  parentPort.on("message", ({ data, ports }) => {
    const message = data as ShellToStation;
    const [port] = ports;
    switch (message.kind) {
      case "init":
        station ??= stationFor(message.options, shell.seal);
        break;
      case "window-port":
        if (port) connectWindow(port);
        break;
      case "decoder-port":
        if (port) station?.connectDecoder(fromElectronPort(port));
        break;
      case "sealed":
        shell.onAnswer(message);
        break;
      case "stop":
        void (station?.dispose() ?? Promise.resolve()).then(() => exit(0));
        break;
    }
  });
}

const stationFor = ({ dataFolder, training, ...inputs }: StationHostOptions, shellSeal: ShellSeal): Station =>
  createStation({
    inputs: { ...inputs, decoder: "window" },
    folders: { data: dataFolder },
    training,
    requireUiHeartbeat: true,
    host: { shellSeal, log: (line) => process.stderr.write(`${line}\n`) },
  });

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };
// Absent outside Electron: then there is nothing to do.
if (parentPort) runStationHost(parentPort, (status) => process.exit(status));
