/**
 * Files in a link's recording that any station read by MAVFTP, reassembled from the replies.
 * https://mavlink.io/en/services/ftp.html
 */
import type { MavlinkFrame } from "../../frame.js";
import { fieldsOf } from "../../messageFields.js";
import { bytesIn, withRange, type ByteRanges } from "./ftpRanges.js";
import { FTP_OPCODE, packetFromPayload, type FtpPacket } from "./ftpWire.js";

export type ObservedFile = { readonly systemId: number; readonly path: string; readonly bytes: Uint8Array };

type OpenFile = { readonly path: string; readonly bytes: Uint8Array; held: ByteRanges };

const READS: ReadonlySet<number> = new Set([FTP_OPCODE.readFile, FTP_OPCODE.burstReadFile]);
/** The files of interest are small; bytes beyond this are not stored. */
const FILE_BYTES_MAX = 1024 * 1024;
/** Upper limit of servers followed at one time. */
const SERVERS_MAX = 32;

export class FtpFileObserver {
  readonly #isWanted: (path: string) => boolean;
  /** By the serving system: the path of the last "open" request, and its open sessions. */
  readonly #asked = new Map<number, string>();
  readonly #open = new Map<string, OpenFile>();

  constructor(isWanted: (path: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** Returns a file once all of its bytes were received. */
  onFrame(frame: MavlinkFrame): ObservedFile | undefined {
    const fields = fieldsOf(frame, "FILE_TRANSFER_PROTOCOL");
    const packet = fields && packetFromPayload(Uint8Array.from(fields.payload));
    if (!fields || !packet) return undefined;
    if (packet.opcode === FTP_OPCODE.openFileReadOnly) this.#onAsked(fields.target_system, packet);
    if (packet.opcode !== FTP_OPCODE.ack) return undefined;
    const { systemId } = frame;
    const session = `${systemId}/${packet.session}`;
    if (packet.reqOpcode === FTP_OPCODE.openFileReadOnly) this.#onOpened(systemId, session, packet);
    return READS.has(packet.reqOpcode) ? this.#onData(systemId, session, packet) : undefined;
  }

  #onAsked(systemId: number, { data, size }: FtpPacket): void {
    const letters = Array.from(data.subarray(0, size), (byte) => String.fromCharCode(byte)).join("");
    this.#asked.set(systemId, letters.split("\0")[0] ?? "");
    if (this.#asked.size > SERVERS_MAX) this.#asked.clear();
  }

  #onOpened(systemId: number, session: string, { data }: FtpPacket): void {
    const path = this.#asked.get(systemId);
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    const sizeBytes = data.byteLength >= 4 ? view.getUint32(0, true) : 0;
    this.#open.delete(session);
    if (path === undefined || !this.#isWanted(path) || sizeBytes === 0 || sizeBytes > FILE_BYTES_MAX) return;
    if (this.#open.size >= SERVERS_MAX) this.#open.clear();
    this.#open.set(session, { path, bytes: new Uint8Array(sizeBytes), held: [] });
  }

  #onData(systemId: number, session: string, { data, size, offsetBytes }: FtpPacket): ObservedFile | undefined {
    const file = this.#open.get(session);
    const end = offsetBytes + size;
    if (!file || size > data.byteLength || end > file.bytes.byteLength) return undefined;
    file.bytes.set(data.subarray(0, size), offsetBytes);
    file.held = withRange(file.held, { from: offsetBytes, to: end });
    if (bytesIn(file.held) < file.bytes.byteLength) return undefined;
    this.#open.delete(session);
    return { systemId, path: file.path, bytes: file.bytes };
  }
}
