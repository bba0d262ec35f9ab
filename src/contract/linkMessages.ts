import type { VehicleId } from "../vehicle/vehicleState.js";

/** What is done with traffic that is not signed with our key: https://mavlink.io/en/guide/message_signing.html */
export type SigningPolicy =
  /** Nothing is signed; signed traffic is counted and taken as it is. */
  | "off"
  /** Ours is signed; unsigned traffic is taken and marked. */
  | "sign"
  /** Ours is signed; unsigned and wrongly signed traffic is refused (radio status excepted). */
  | "require";

export type LinkSigning = {
  readonly policy: SigningPolicy;
  readonly keyName: string | undefined;
  readonly countOfSigned: number;
  readonly countOfUnsigned: number;
  /** Wrong key, or an old timestamp. */
  readonly countOfRefused: number;
};

/** Health of one link, counted by the station's own reader. */
export type LinkStatus = {
  readonly name: string;
  /** The URI it was opened with, e.g. "udp://:14550". */
  readonly uri: string;
  /** `output` links only forward to another station and hear its commands where allowed. */
  readonly role: "vehicle" | "output";
  readonly state: "opening" | "open" | "lost" | "failed";
  readonly because: string | undefined;
  /** Since the link was lost or refused: the next attempt, on the station's monotonic clock. */
  readonly retryAtMonoMs: number | undefined;
  readonly messagesPerS: number;
  readonly bytesPerS: number;
  readonly lossFraction: number;
  readonly countOfMessages: number;
  readonly countOfLost: number;
  readonly countOfDuplicates: number;
  readonly countOfBadChecksums: number;
  readonly countOfUnknownIds: number;
  readonly countOfGarbageBytes: number;
  readonly roundTripMs: number | undefined;
  readonly lastReceivedMonoMs: number | undefined;
  readonly signing: LinkSigning;
};

/** One way to a vehicle. Commands take the active one. */
export type VehiclePath = {
  readonly linkName: string;
  readonly state: "active" | "standby" | "silent";
  readonly lossFraction: number;
  readonly roundTripMs: number | undefined;
  readonly isHighLatency: boolean;
};

export type VehiclePaths = { readonly vehicleId: VehicleId; readonly paths: readonly VehiclePath[] };

export type SerialPortInfo = { readonly path: string; readonly manufacturer: string | undefined };

export type LinkRequest =
  | { readonly kind: "add-link"; readonly uri: string; readonly role: "vehicle" | "output" }
  | { readonly kind: "remove-link"; readonly linkName: string }
  | { readonly kind: "list-serial-ports" }
  | { readonly kind: "list-signing-keys" }
  /** 32 bytes from a passphrase (SHA-256), or random without one. Never leaves the station again. */
  | { readonly kind: "add-signing-key"; readonly keyName: string; readonly passphrase: string | undefined }
  | { readonly kind: "remove-signing-key"; readonly keyName: string }
  | {
      readonly kind: "set-link-signing";
      readonly linkName: string;
      readonly policy: SigningPolicy;
      readonly keyName: string | undefined;
    }
  /** SETUP_SIGNING to the vehicle; refused unless its only link is direct (serial, or a loopback or cable address). */
  | { readonly kind: "setup-vehicle-signing"; readonly vehicleId: VehicleId; readonly keyName: string | undefined }
  /** The person says that two like-numbered vehicles on two links are one, or are not. */
  | { readonly kind: "join-vehicles"; readonly vehicleId: VehicleId; readonly otherId: VehicleId }
  | { readonly kind: "high-latency"; readonly vehicleId: VehicleId; readonly isOn: boolean };

export type LinkReply =
  | { readonly kind: "serial-ports"; readonly ports: readonly SerialPortInfo[] }
  | {
      readonly kind: "signing-keys";
      readonly names: readonly string[];
      /** Where they are kept: the system's keychain, or a file encrypted by this installation. */
      readonly store: "keychain" | "encrypted-file";
    };

export type LinkFailure =
  | { readonly kind: "bad-uri"; readonly uri: string; readonly problem: string }
  | { readonly kind: "link-exists"; readonly uri: string }
  | { readonly kind: "no-such-link"; readonly linkName: string }
  | { readonly kind: "no-such-key"; readonly keyName: string }
  | { readonly kind: "key-exists"; readonly keyName: string }
  | { readonly kind: "not-direct"; readonly linkName: string }
  | { readonly kind: "armed" }
  | { readonly kind: "not-the-same"; readonly because: "uid" | "position" | "kind" };
