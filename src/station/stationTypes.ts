import type { Clock, Scheduler } from "../core/clock.js";
import type { Result } from "../core/result.js";
import type { Envelope } from "../contract/envelope.js";
import type { ShellSeal } from "../io/keychainShell.js";
import type { LinkPort } from "../io/linkPort.js";
import type { LinkUriFailure } from "../io/linkUri.js";
import type { MessagePortLike } from "../io/messagePortLike.js";
import type { SortieDisk } from "../io/sortieDisk.js";
import type { TrainingStart } from "./hostProtocol.js";
import type { OpenCamera } from "./sensors/cameraTypes.js";

/** Where pictures are decoded: by the package in the vision worker, or in a hidden window given later. */
type DecoderKind = "napi" | "window" | "none";

export type StationOptions = {
  readonly links: readonly string[];
  readonly video: string | undefined;
  /** Plans, sorties and settings live here. */
  readonly dataFolder: string;
  /** Exactly this folder for the next sortie, instead of one named by time under `dataFolder`. */
  readonly sortieFolder?: string;
  readonly training: TrainingStart | undefined;
  readonly decoder: DecoderKind;
  /** False for a station without screens (`vigie fly`): its own life stands for the window's. */
  readonly requireUiHeartbeat: boolean;
  /** The operating system's keychain, where the desktop shell has one. */
  readonly shellSeal?: ShellSeal;
  readonly clock?: Clock;
  readonly scheduler?: Scheduler;
  /** For tests: a disk that fails. */
  readonly sortieDisk?: SortieDisk;
  /** For tests: links without sockets. */
  readonly openLink?: (uri: string) => Result<LinkPort, LinkUriFailure>;
  /** For tests: video without a socket and a decoder. */
  readonly openCamera?: OpenCamera;
  /** One line for the log; nothing is logged without it. */
  readonly log?: (line: string) => void;
};

/** One screen (or command) talking to the station. */
export type UiSession = {
  /** Anything at all: what is not a valid `FromUi` is counted and, where it was a request, refused. Never throws. */
  readonly fromUi: (message: unknown) => void;
  readonly close: () => void;
};

export type Station = {
  /** A screen joins: it gets `hello` and what is known, then everything as it happens. */
  readonly connectUi: (toUi: (envelope: Envelope) => void) => UiSession;
  /** The decoder's window, first or again after it reloaded. Only for `decoder: "window"`. */
  readonly connectDecoder: (port: MessagePortLike) => void;
  /** Seals the sortie and closes every link. */
  readonly dispose: () => Promise<void>;
};
