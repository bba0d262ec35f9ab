/** Packetises pictures into RTP as a camera does (RFC 6184, mode 1), for tests. */
type Sent = { readonly payloadType?: number; readonly source?: number; readonly mtu?: number };

export class RtpSender {
  readonly #payloadType: number;
  readonly #source: number;
  readonly #mtu: number;
  #sequence: number;

  constructor({ payloadType = 96, source = 0x1234, mtu = 200 }: Sent = {}, firstSequence = 65_500) {
    this.#payloadType = payloadType;
    this.#source = source;
    this.#mtu = mtu;
    this.#sequence = firstSequence;
  }

  packet(payload: readonly number[], ticks: number, isMarked: boolean): Uint8Array {
    const header = new DataView(new ArrayBuffer(12));
    header.setUint8(0, 0x80);
    header.setUint8(1, (isMarked ? 0x80 : 0) | this.#payloadType);
    header.setUint16(2, this.#sequence);
    header.setUint32(4, ticks >>> 0);
    header.setUint32(8, this.#source);
    this.#sequence = (this.#sequence + 1) & 0xffff;
    return Uint8Array.from([...new Uint8Array(header.buffer), ...payload]);
  }

  /** Small NAL units of a picture are aggregated (STAP-A), large ones fragmented (FU-A). */
  picture(annexB: Uint8Array, ticks: number): Uint8Array[] {
    const units = unitsOf(annexB);
    const small = units.filter((unit) => unit.length <= 40);
    const payloads: number[][] = [];
    if (small.length > 1)
      payloads.push([24, ...small.flatMap((unit) => [unit.length >> 8, unit.length & 255, ...unit])]);
    else payloads.push(...small);
    for (const unit of units) if (unit.length > 40) payloads.push(...this.#fragments(unit));
    return payloads.map((payload, index) => this.packet(payload, ticks, index === payloads.length - 1));
  }

  #fragments(unit: readonly number[]): number[][] {
    if (unit.length <= this.#mtu) return [[...unit]];
    const [head = 0] = unit;
    const parts: number[][] = [];
    for (let at = 1; at < unit.length; at += this.#mtu) {
      const isFirst = at === 1;
      const isLast = at + this.#mtu >= unit.length;
      const flags = (isFirst ? 0x80 : 0) | (isLast ? 0x40 : 0);
      parts.push([(head & 0xe0) | 28, flags | (head & 0x1f), ...unit.slice(at, at + this.#mtu)]);
    }
    return parts;
  }
}

function unitsOf(annexB: Uint8Array): number[][] {
  const units: number[][] = [];
  const bytes = [...annexB];
  let from = -1;
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue;
    if (from >= 0) units.push(bytes.slice(from, bytes[at - 1] === 0 ? at - 1 : at));
    from = at + 3;
  }
  units.push(bytes.slice(from));
  return units;
}
