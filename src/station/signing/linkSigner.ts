import { sha256 } from "../../io/fileStore.js";
import type { LinkSigning, SigningPolicy } from "../../contract/linkMessages.js";
import type { MavlinkFrame } from "../../mavlink/frame.js";
import { isSignatureValid, SigningStreams, type Signing } from "../../mavlink/signing.js";
import type { SigningClock } from "./signingClock.js";

/** A radio reports its status unsigned: https://mavlink.io/en/guide/message_signing.html#accepting-unsigned-packets */
const RADIO_STATUS = 109;

type SigningSetting = {
  readonly policy: SigningPolicy;
  readonly keyName: string | undefined;
  /** 32 bytes; undefined where the named key is missing: then nothing can be signed, and no signature is valid. */
  readonly secretKey: Uint8Array | undefined;
};

/** Message signing of one link: signs outgoing frames and checks incoming ones. */
export class LinkSigner {
  readonly #clock: SigningClock;
  readonly #linkId: number;
  #setting: SigningSetting = { policy: "off", keyName: undefined, secretKey: undefined };
  #streams = new SigningStreams();
  /** Components that have sent a valid signature: unsigned frames in their name are forged. */
  readonly #signers = new Set<number>();
  #countOfSigned = 0;
  #countOfUnsigned = 0;
  #countOfRefused = 0;

  /** `linkId`: 0 to 255, different for each link of this station. */
  constructor(clock: SigningClock, linkId: number) {
    this.#clock = clock;
    this.#linkId = linkId & 0xff;
  }

  set(setting: SigningSetting): void {
    if (setting.keyName !== this.#setting.keyName) this.#streams = new SigningStreams();
    this.forgetSigners();
    this.#setting = setting;
  }

  /** How to sign the next frame; undefined when it is sent unsigned. Each call takes a new timestamp. */
  signing(): Signing | undefined {
    const { policy, secretKey } = this.#setting;
    if (policy === "off" || !secretKey) return undefined;
    return { secretKey, linkId: this.#linkId, time10us: this.#clock.next(), sha256 };
  }

  /** A key was removed on purpose: components that signed may send unsigned frames again. */
  forgetSigners(): void {
    this.#signers.clear();
  }

  /** The frame is unsigned, and its component has signed on this link before. */
  isUnsignedOfSigner(frame: MavlinkFrame): boolean {
    return !frame.signature && frame.messageId !== RADIO_STATUS && this.#signers.has(senderOf(frame));
  }

  /** Counts the frame; true when it is accepted. */
  mayTake(frame: MavlinkFrame): boolean {
    const { policy } = this.#setting;
    const seal = frame.signature;
    if (!seal) {
      this.#countOfUnsigned++;
      if (this.isUnsignedOfSigner(frame)) {
        this.#countOfRefused++;
        return false;
      }
      return policy !== "require" || frame.messageId === RADIO_STATUS;
    }
    if (policy === "off" || this.#isRight(frame, seal)) {
      if (policy !== "off") this.#signers.add(senderOf(frame));
      this.#countOfSigned++;
      return true;
    }
    this.#countOfRefused++;
    return false;
  }

  status(): LinkSigning {
    return {
      policy: this.#setting.policy,
      keyName: this.#setting.keyName,
      countOfSigned: this.#countOfSigned,
      countOfUnsigned: this.#countOfUnsigned,
      countOfRefused: this.#countOfRefused,
    };
  }

  #isRight(frame: MavlinkFrame, seal: NonNullable<MavlinkFrame["signature"]>): boolean {
    const { secretKey } = this.#setting;
    if (!secretKey || !isSignatureValid(frame.bytes, { secretKey, sha256 })) return false;
    if (!this.#streams.accept(frame, seal, this.#clock.now())) return false;
    this.#clock.saw(seal.time10us);
    return true;
  }
}

const senderOf = ({ systemId, componentId }: MavlinkFrame): number => systemId * 256 + componentId;
