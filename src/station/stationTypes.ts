import type { Time } from "../core/clock.js";
import type { Result } from "../core/result.js";
import type { Envelope } from "../contract/envelope.js";
import type { ShellSeal } from "../io/keychainShell.js";
import type { LinkPort } from "../io/linkPort.js";
import type { LinkUriFailure } from "../io/linkUri.js";
import type { MessagePortLike } from "../io/messagePortLike.js";
import type { SortieDisk } from "../io/sortieDisk.js";
import type { TrainingStart } from "./hostProtocol.js";
import type { OpenCamera } from "./sensors/cameraTypes.js";
import type { DetectorName } from "./sensors/detectors.js";

/** Where video is decoded: by the package in the vision worker, or in a hidden window that is connected later. */
type DecoderKind = "napi" | "window" | "none";

export type StationInputs = {
  /** URIs of the links to vehicles. */
  readonly links: readonly string[];
  /** URIs of video, a camera each. */
  readonly video: readonly string[];
  /** URIs of sensors that are no cameras: `sensors/sensorKinds.ts`. */
  readonly sensors?: readonly string[] | undefined;
  /** Paths of files of heights: `terrain/readTerrainFile.ts`. */
  readonly terrain?: readonly string[] | undefined;
  /** Paths of maps: `maps/openMap.ts`. */
  readonly maps?: readonly string[] | undefined;
  /** What looks for objects in the pictures; undefined: the built-in detector. */
  readonly detector?: DetectorName | undefined;
  readonly decoder: DecoderKind;
};

export type StationFolders = {
  /** Holds plans, sorties and settings. */
  readonly data: string;
  /** The exact folder of the next sortie, instead of one named by time under `data`. */
  readonly sortie?: string | undefined;
  /** True to leave out the coast, the tide and the names of the imported packs in `data`. */
  readonly withoutPacks?: boolean | undefined;
};

/** What the process that runs the station offers to it. */
type StationHost = {
  /** The operating system's keychain, where the desktop shell offers one. */
  readonly shellSeal?: ShellSeal;
  /** Writes one line to the log; without it nothing is logged. */
  readonly log?: (line: string) => void;
};

/** Time, disk and wires: this machine's, each unless a test brings its own. */
type StationIo = {
  readonly time?: Time;
  /** A disk that fails. */
  readonly sortieDisk?: SortieDisk;
  /** Links without sockets. */
  readonly openLink?: (uri: string) => Result<LinkPort, LinkUriFailure>;
  /** Video without a socket and a decoder. */
  readonly openCamera?: OpenCamera;
};

export type StationOptions = {
  readonly inputs: StationInputs;
  readonly folders: StationFolders;
  readonly training: TrainingStart | undefined;
  /** False for a station without screens (`vigie fly`): it sends heartbeats as long as it runs. */
  readonly requireUiHeartbeat: boolean;
  readonly host?: StationHost;
  readonly io?: StationIo;
};

/** The connection of one screen or command-line client. */
export type UiSession = {
  /** Takes any value: what is not a valid `FromUi` is counted and, where it was a request, refused. Never throws. */
  readonly fromUi: (message: unknown) => void;
  readonly close: () => void;
};

export type Station = {
  /** Connects a screen: it gets `hello` and the current state, then every message as it is published. */
  readonly connectUi: (toUi: (envelope: Envelope) => void) => UiSession;
  /** Connects the decoder's window: at its start, and after each reload. Only for `decoder: "window"`. */
  readonly connectDecoder: (port: MessagePortLike) => void;
  /** Seals the sortie and closes every link. */
  readonly dispose: () => Promise<void>;
};
