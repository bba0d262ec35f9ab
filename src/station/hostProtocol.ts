/**
 * What the desktop shell (`electron/`) says to the station in its utility process. The shell sends `init` first, then a
 * port for each page; a page that reloads gets a new port, which replaces the old. `stop` seals the sortie and exits 0.
 */
export type StationHostOptions = {
  /** Link URIs, e.g. "udp://:14550". */
  readonly links: readonly string[];
  /** Video URI, e.g. "udp://:5600"; undefined for none. */
  readonly video: string | undefined;
  /** Where plans, sorties and settings live. */
  readonly dataFolder: string;
  readonly training: TrainingStart | undefined;
};

export type TrainingStart = {
  readonly scenarioName: string;
  readonly seed: number;
  /** The `.plan` that the Plan workspace opens with. */
  readonly planText: string | undefined;
};

export type ShellToStation =
  | { readonly kind: "init"; readonly options: StationHostOptions }
  /** Carries one port, to the window. */
  | { readonly kind: "window-port" }
  /** Carries one port, to the hidden decoder page. */
  | { readonly kind: "decoder-port" }
  | { readonly kind: "stop" };
