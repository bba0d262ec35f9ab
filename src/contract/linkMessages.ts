import type { VehicleId } from "../vehicle/vehicleState.js";

/** What is done with traffic that is not signed with our key: https://mavlink.io/en/guide/message_signing.html */
export type SigningPolicy =
  /** Nothing is signed; signed traffic is counted and accepted like any other. */
  | "off"
  /** We sign; unsigned traffic is accepted and marked. */
  | "sign"
  /** We sign; unsigned or wrongly signed traffic is rejected (RADIO_STATUS excepted). */
  | "require";

export type LinkSigning = {
  readonly policy: SigningPolicy;
  readonly keyName: string | undefined;
  readonly countOfSigned: number;
  readonly countOfUnsigned: number;
  /** Rejected frames: wrong key, old timestamp, or unsigned from a component that has signed on this link. */
  readonly countOfRefused: number;
};

/** Health of one link, as counted by the station's own parser. */
export type LinkStatus = {
  readonly name: string;
  /** The URI it was opened with, e.g. "udp://:14550". */
  readonly uri: string;
  /** An `output` link only forwards to another station, and accepts its commands where that is allowed. */
  readonly role: "vehicle" | "output";
  readonly state: "opening" | "open" | "lost" | "failed";
  readonly because: string | undefined;
  /** When the link is lost or refused: time of the next attempt, on the station's monotonic clock. */
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

/** One path to a vehicle: a link and the address on it. Commands go over the active path. */
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
  /** The key is 32 bytes: SHA-256 of the passphrase, or random without one. It never leaves the station again. */
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
  /** The operator says that two vehicles with one system id, on two links, are the same vehicle. */
  | { readonly kind: "join-vehicles"; readonly vehicleId: VehicleId; readonly otherId: VehicleId }
  | { readonly kind: "high-latency"; readonly vehicleId: VehicleId; readonly isOn: boolean };

export type LinkReply =
  | { readonly kind: "serial-ports"; readonly ports: readonly SerialPortInfo[] }
  | {
      readonly kind: "signing-keys";
      readonly names: readonly string[];
      /** Where the keys are kept: the system's keychain, or a file encrypted by this installation. */
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
