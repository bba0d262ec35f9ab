import type { DetectorName } from "./sensors/detectors.js";

/**
 * Messages from the desktop shell (`electron/`) to the station in its utility process. The shell sends `init` first,
 * then a port for each page; a page that reloads gets a new port, which replaces the old. `stop` seals the sortie and
 * exits 0.
 */
export type StationHostOptions = StationSources & {
  /** Folder of plans, sorties and settings. */
  readonly dataFolder: string;
  readonly training: TrainingStart | undefined;
};

/** Where everything comes from that the station shows. */
type StationSources = {
  /** Link URIs, e.g. "udp://:14550". */
  readonly links: readonly string[];
  /** Video URIs, e.g. "udp://:5600", a camera each. */
  readonly video: readonly string[];
  /** Sensor URIs, e.g. "ais+udp://:10110". */
  readonly sensors?: readonly string[] | undefined;
  readonly detector?: DetectorName | undefined;
  /** Paths of files of heights. */
  readonly terrain?: readonly string[] | undefined;
  /** Paths of maps. */
  readonly maps?: readonly string[] | undefined;
};

export type TrainingStart = {
  readonly scenarioName: string;
  readonly seed: number;
  /** The `.plan` that the Plan workspace opens with. */
  readonly planText: string | undefined;
};

export type ShellToStation =
  | { readonly kind: "init"; readonly options: StationHostOptions }
  /** Transfers one port, to the window. */
  | { readonly kind: "window-port" }
  /** Transfers one port, to the hidden decoder page. */
  | { readonly kind: "decoder-port" }
  /** The keychain's answer to `seal` or `unseal`; `text` undefined where there is no keychain. */
  | { readonly kind: "sealed"; readonly askId: number; readonly text: string | undefined }
  | { readonly kind: "stop" };

/**
 * Requests from the station to the shell: encrypt or decrypt a small secret (base64) with the operating system's
 * keychain. The encrypted secret is stored in the station's data folder.
 */
export type StationToShell = { readonly kind: "seal" | "unseal"; readonly askId: number; readonly text: string };
