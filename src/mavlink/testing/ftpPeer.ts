/**
 * A strict MAVFTP server for tests, after the sources of both autopilots: ArduPilot (GCS_FTP.cpp: one worker that
 * handles no request during a burst, a queue of five requests, its own session numbers, an estimated size) and PX4
 * (mavlink_ftp.cpp: one session numbered 0, a new request ends the burst, bursts of 35 kB).
 */
import type { Scheduler } from "../../core/clock.js";
import { FTP_ERROR, FTP_OPCODE, packetFromPayload, payloadOf, type FtpPacket } from "../protocols/files/ftpWire.js";

export type FtpPeerOptions = {
  readonly flavour: "ardupilot" | "px4";
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly scheduler: Scheduler;
  readonly send: (payload: Uint8Array) => void;
  /** Time between two packets of a burst. */
  readonly packetMs?: number;
  readonly hasBurst?: boolean;
  /** Another station uses the only session until this many "open" requests were refused. */
  readonly heldElsewhereUntilOpens?: number;
  /** The size in the reply to "open", instead of the true one. */
  readonly reportedSize?: number;
  readonly opensLeft?: boolean;
};

const AP_QUEUE = 5;
const AP_BURST_PACKETS = 2000;
const PX4_BURST_BYTES = 35_000;

export class FtpPeer {
  readonly #options: FtpPeerOptions;
  #queue: FtpPacket[] = [];
  #isBusy = false;
  #open: { readonly path: string; readonly session: number } | undefined;
  #lastReply: FtpPacket | undefined;
  #nextSession = 1;
  #burstToken = 0;
  countOfOpens = 0;
  countOfTerminates = 0;
  countOfResets = 0;
  readonly requests: FtpPacket[] = [];

  constructor(options: FtpPeerOptions) {
    this.#options = options;
    if (options.opensLeft) this.#open = { path: [...options.files.keys()][0] ?? "", session: 0 };
  }

  get hasOpenSession(): boolean {
    return this.#open !== undefined;
  }

  /** The autopilot restarts: no session is open any more. */
  forget(): void {
    this.#open = undefined;
    this.#lastReply = undefined;
  }

  readonly receive = (payload: Uint8Array): void => {
    const request = packetFromPayload(payload);
    if (!request) return;
    this.requests.push(request);
    if (this.#options.flavour === "px4") {
      this.#burstToken++;
      this.#serve(request);
    } else if (this.#queue.length < AP_QUEUE) {
      this.#queue.push(request);
      this.#work();
    }
  };

  #work(): void {
    while (!this.#isBusy) {
      const request = this.#queue.shift();
      if (!request) return;
      this.#serve(request);
    }
  }

  #serve(request: FtpPacket): void {
    const last = this.#lastReply;
    if (last && ((request.seq + 1) & 0xffff) === last.seq && request.opcode !== FTP_OPCODE.burstReadFile) {
      this.#options.send(payloadOf(last));
      return;
    }
    switch (request.opcode) {
      case FTP_OPCODE.openFileReadOnly:
        this.#onOpen(request);
        return;
      case FTP_OPCODE.readFile:
        this.#onRead(request);
        return;
      case FTP_OPCODE.burstReadFile:
        if (this.#options.hasBurst === false) this.#nak(request, [FTP_ERROR.unknownCommand]);
        else this.#onBurst(request);
        return;
      case FTP_OPCODE.terminateSession:
        this.countOfTerminates++;
        this.#open = undefined;
        this.#ack(request, new Uint8Array(0));
        return;
      case FTP_OPCODE.resetSessions:
        this.countOfResets++;
        this.#open = undefined;
        this.#ack(request, new Uint8Array(0));
        return;
      case FTP_OPCODE.listDirectory:
        this.#onList(request);
        return;
      case FTP_OPCODE.calcFileCrc32:
        this.#ack(request, Uint8Array.of(0x26, 0x39, 0xf4, 0xcb));
        return;
      default:
        this.#nak(request, [FTP_ERROR.unknownCommand]);
    }
  }

  #onOpen(request: FtpPacket): void {
    const path = String.fromCharCode(...request.data);
    const heldUntil = this.#options.heldElsewhereUntilOpens ?? 0;
    if (++this.countOfOpens <= heldUntil || this.#open) {
      this.#nak(request, [FTP_ERROR.noSessionsAvailable]);
      return;
    }
    const file = this.#options.files.get(path);
    if (!file) {
      this.#nak(request, this.#options.flavour === "px4" ? [FTP_ERROR.failErrno, 2] : [FTP_ERROR.fileNotFound]);
      return;
    }
    this.#open = { path, session: this.#options.flavour === "px4" ? 0 : this.#nextSession++ };
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, this.#options.reportedSize ?? file.byteLength, true);
    this.#ack({ ...request, session: this.#open.session }, size);
  }

  #file(request: FtpPacket): Uint8Array | undefined {
    if (!this.#open || request.session !== this.#open.session) {
      this.#nak(request, [this.#options.flavour === "px4" ? FTP_ERROR.invalidSession : FTP_ERROR.fileNotFound]);
      return undefined;
    }
    return this.#options.files.get(this.#open.path);
  }

  #onRead(request: FtpPacket): void {
    const file = this.#file(request);
    if (!file) return;
    const data = file.slice(request.offsetBytes, request.offsetBytes + request.size);
    if (data.byteLength === 0) this.#nak(request, [FTP_ERROR.endOfFile]);
    else this.#ack(request, data);
  }

  #onBurst(request: FtpPacket): void {
    const file = this.#file(request);
    if (!file) return;
    const isArduPilot = this.#options.flavour === "ardupilot";
    this.#isBusy = isArduPilot;
    const token = this.#burstToken;
    let { offsetBytes, seq } = request;
    let countOfPackets = 0;
    const next = (): void => {
      if (!isArduPilot && token !== this.#burstToken) return;
      seq = (seq + 1) & 0xffff;
      const data = file.slice(offsetBytes, offsetBytes + request.size);
      const answer = { ...request, seq, offsetBytes, reqOpcode: request.opcode, data, size: data.byteLength };
      if (data.byteLength === 0) {
        const nak = { ...answer, opcode: FTP_OPCODE.nak, data: Uint8Array.of(FTP_ERROR.endOfFile), size: 1 };
        this.#endBurst({ ...nak, isBurstComplete: isArduPilot });
        return;
      }
      offsetBytes += data.byteLength;
      countOfPackets++;
      const isBurstComplete = isArduPilot
        ? countOfPackets === AP_BURST_PACKETS
        : offsetBytes - request.offsetBytes > PX4_BURST_BYTES;
      const reply = { ...answer, opcode: FTP_OPCODE.ack, isBurstComplete };
      if (isBurstComplete) {
        this.#endBurst(reply);
        return;
      }
      this.#lastReply = reply;
      this.#options.send(payloadOf(reply));
      this.#options.scheduler.after(this.#options.packetMs ?? 20, next);
    };
    next();
  }

  #endBurst(reply: FtpPacket): void {
    this.#lastReply = reply;
    this.#options.send(payloadOf(reply));
    this.#isBusy = false;
    this.#work();
  }

  #onList(request: FtpPacket): void {
    const folder = `${String.fromCharCode(...request.data)}/`;
    const names = new Map<string, string>();
    for (const [path, file] of this.#options.files) {
      if (!path.startsWith(folder)) continue;
      const [name = "", ...deeper] = path.slice(folder.length).split("/");
      names.set(name, deeper.length > 0 ? `D${name}\0` : `F${name}\t${file.byteLength}\0`);
    }
    if (names.size === 0) {
      this.#nak(request, [FTP_ERROR.failErrno, 2]);
      return;
    }
    const lines = ["S\0", ...names.values()].slice(request.offsetBytes);
    let text = "";
    for (const line of lines) {
      if (text.length + line.length >= 239) break;
      text += line;
    }
    if (text === "") this.#nak(request, [FTP_ERROR.endOfFile]);
    else
      this.#ack(
        request,
        Uint8Array.from(text, (c) => c.charCodeAt(0)),
      );
  }

  #ack(request: FtpPacket, data: Uint8Array): void {
    this.#reply({ ...request, opcode: FTP_OPCODE.ack, reqOpcode: request.opcode, data, size: data.byteLength });
  }

  #nak(request: FtpPacket, error: readonly number[]): void {
    const data = Uint8Array.from(error);
    this.#reply({ ...request, opcode: FTP_OPCODE.nak, reqOpcode: request.opcode, data, size: data.byteLength });
  }

  #reply(packet: FtpPacket): void {
    this.#lastReply = { ...packet, seq: (packet.seq + 1) & 0xffff };
    this.#options.send(payloadOf(this.#lastReply));
  }
}
