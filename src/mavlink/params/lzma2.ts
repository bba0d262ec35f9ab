/**
 * LZMA2: chunks, either stored or LZMA-coded, that share one dictionary. Follows the LZMA specification of Igor Pavlov
 * and the LZMA2 chunk layout of the xz file format. Probabilities have eleven bits; decoded distances count from 0.
 */
const PROB_BITS = 11;
const PROB_START = 1 << (PROB_BITS - 1);
const MOVE_BITS = 5;
const RANGE_TOP = 2 ** 24;
const LENGTH_MIN = 2;
const POS_STATES_MAX = 16;
const STATES = 12;
const SLOTS_END = 14;
const ALIGN_BITS = 4;
const FULL_DISTANCES = 128;

/** Upper limit: a chunk holds up to 2 MB unpacked, and a file here at most 16 MB. */
const RESETS_MAX = 4096;

class Broken extends Error {}

/** Thrown inside and caught in the exported function: a damaged file is an expected failure, not a bug. */
class RangeDecoder {
  readonly #input: Uint8Array;
  #at = 0;
  #end = 0;
  #range = 0;
  #code = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  start(at: number, end: number): void {
    this.#at = at + 1;
    this.#end = end;
    this.#range = 0xffffffff;
    this.#code = 0;
    for (let i = 0; i < 4; i++) this.#code = (this.#code * 256 + this.#byte()) >>> 0;
  }

  bit(probs: Uint16Array, index: number): number {
    const prob = probs[index] ?? PROB_START;
    const bound = (this.#range >>> PROB_BITS) * prob;
    let bit = 0;
    if (this.#code < bound) {
      this.#range = bound;
      probs[index] = prob + (((1 << PROB_BITS) - prob) >> MOVE_BITS);
    } else {
      this.#range -= bound;
      this.#code -= bound;
      probs[index] = prob - (prob >> MOVE_BITS);
      bit = 1;
    }
    if (this.#range < RANGE_TOP) this.#shift();
    return bit;
  }

  direct(countOfBits: number): number {
    let value = 0;
    for (let i = 0; i < countOfBits; i++) {
      this.#range = this.#range >>> 1;
      const isOne = this.#code >= this.#range;
      if (isOne) this.#code -= this.#range;
      value = value * 2 + (isOne ? 1 : 0);
      if (this.#range < RANGE_TOP) this.#shift();
    }
    return value;
  }

  tree(probs: Uint16Array, start: number, countOfBits: number): number {
    let node = 1;
    for (let i = 0; i < countOfBits; i++) node = node * 2 + this.bit(probs, start + node);
    return node - (1 << countOfBits);
  }

  reverseTree(probs: Uint16Array, start: number, countOfBits: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < countOfBits; i++) {
      const bit = this.bit(probs, start + node);
      node = node * 2 + bit;
      value += bit << i;
    }
    return value;
  }

  #shift(): void {
    this.#range = (this.#range * 256) >>> 0;
    this.#code = (this.#code * 256 + this.#byte()) >>> 0;
  }

  #byte(): number {
    if (this.#at > this.#end) throw new Broken();
    return this.#input[this.#at++] ?? 0;
  }
}

const freshProbs = (count: number): Uint16Array => new Uint16Array(count).fill(PROB_START);

class LengthDecoder {
  readonly #choice = freshProbs(2);
  readonly #low = freshProbs(POS_STATES_MAX * 8);
  readonly #mid = freshProbs(POS_STATES_MAX * 8);
  readonly #high = freshProbs(256);

  decode(range: RangeDecoder, posState: number): number {
    if (range.bit(this.#choice, 0) === 0) return range.tree(this.#low, posState * 8, 3);
    if (range.bit(this.#choice, 1) === 0) return 8 + range.tree(this.#mid, posState * 8, 3);
    return 16 + range.tree(this.#high, 0, 8);
  }
}

/** The probabilities and positions that a chunk with "state reset" sets to their start values. */
class Model {
  readonly isMatch = freshProbs(STATES * POS_STATES_MAX);
  readonly isRep = freshProbs(STATES);
  readonly isRep0 = freshProbs(STATES);
  readonly isRep1 = freshProbs(STATES);
  readonly isRep2 = freshProbs(STATES);
  readonly isLongRep0 = freshProbs(STATES * POS_STATES_MAX);
  readonly slots = freshProbs(4 * 64);
  readonly distances = freshProbs(1 + FULL_DISTANCES - SLOTS_END);
  readonly align = freshProbs(1 << ALIGN_BITS);
  readonly length = new LengthDecoder();
  readonly repLength = new LengthDecoder();
  readonly literals: Uint16Array;
  readonly reps: [number, number, number, number] = [0, 0, 0, 0];
  state = 0;

  constructor({ lc, lp }: Properties) {
    this.literals = freshProbs(0x300 << (lc + lp));
  }
}

type Properties = { readonly lc: number; readonly lp: number; readonly pb: number };

function propertiesFrom(byte: number): Properties {
  if (byte >= 9 * 5 * 5) throw new Broken();
  const properties = { lc: byte % 9, lp: Math.floor(byte / 9) % 5, pb: Math.floor(byte / 45) };
  if (properties.lc + properties.lp > 4) throw new Broken();
  return properties;
}

export class Lzma2Decoder {
  readonly #input: Uint8Array;
  readonly #longest: number;
  readonly #range: RangeDecoder;
  #out = new Uint8Array(64 * 1024);
  #size = 0;
  #blockStart = 0;
  #properties: Properties = { lc: 3, lp: 0, pb: 2 };
  #model = new Model(this.#properties);
  #countOfResets = 0;
  isFull = false;

  constructor(input: Uint8Array, longest: number) {
    this.#input = input;
    this.#longest = longest;
    this.#range = new RangeDecoder(input);
  }

  readonly output = (): Uint8Array => this.#out.slice(0, this.#size);

  /** Decodes a block from offset `at`; returns the offset of its end, or undefined when it is damaged or too long. */
  block(at: number): number | undefined {
    this.#blockStart = this.#size;
    try {
      let position = at;
      for (;;) {
        const control = this.#input[position];
        if (control === undefined) return undefined;
        if (control === 0) return position + 1;
        position = control < 0x80 ? this.#stored(position, control) : this.#coded(position, control);
      }
    } catch (cause: unknown) {
      if (cause instanceof Broken) return undefined;
      throw cause;
    }
  }

  #uint16(at: number): number {
    return ((this.#input[at] ?? 0) << 8) | (this.#input[at + 1] ?? 0);
  }

  #stored(at: number, control: number): number {
    if (control > 2) throw new Broken();
    const size = this.#uint16(at + 1) + 1;
    const data = this.#input.subarray(at + 3, at + 3 + size);
    if (data.byteLength !== size) throw new Broken();
    this.#reserve(size);
    this.#out.set(data, this.#size);
    this.#size += size;
    return at + 3 + size;
  }

  #coded(at: number, control: number): number {
    const unpacked = ((control & 0x1f) << 16) + this.#uint16(at + 1) + 1;
    const packed = this.#uint16(at + 3) + 1;
    const reset = (control >> 5) & 3;
    if (reset >= 2) this.#properties = propertiesFrom(this.#input[at + 5] ?? 0xff);
    if (reset >= 1) this.#resetModel();
    const start = at + (reset >= 2 ? 6 : 5);
    const end = start + packed;
    if (end > this.#input.byteLength) throw new Broken();
    this.#reserve(unpacked);
    this.#range.start(start, end);
    this.#decode(this.#size + unpacked);
    return end;
  }

  /**
   * A model takes much memory and six bytes of input ask for a new one: more resets than any real file needs are an
   * attack.
   */
  #resetModel(): void {
    if (++this.#countOfResets > RESETS_MAX) throw new Broken();
    this.#model = new Model(this.#properties);
  }

  #reserve(more: number): void {
    const needed = this.#size + more;
    if (needed > this.#longest) {
      this.isFull = true;
      throw new Broken();
    }
    if (needed <= this.#out.byteLength) return;
    const grown = new Uint8Array(Math.max(needed, this.#out.byteLength * 2));
    grown.set(this.#out.subarray(0, this.#size));
    this.#out = grown;
  }

  #decode(until: number): void {
    const model = this.#model;
    const posMask = (1 << this.#properties.pb) - 1;
    while (this.#size < until) {
      const posState = (this.#size - this.#blockStart) & posMask;
      const index = model.state * POS_STATES_MAX + posState;
      if (this.#range.bit(model.isMatch, index) === 0) this.#literal();
      else this.#copy(this.#matchLength(posState), until);
    }
  }

  #literal(): void {
    const { state, literals, reps } = this.#model;
    const { lc, lp } = this.#properties;
    const position = this.#size - this.#blockStart;
    const before = position > 0 ? (this.#out[this.#size - 1] ?? 0) : 0;
    const context = ((position & ((1 << lp) - 1)) << lc) + (before >> (8 - lc));
    const start = 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      let matched = this.#byteBack(reps[0]);
      while (symbol < 0x100) {
        const matchBit = (matched >> 7) & 1;
        matched <<= 1;
        const bit = this.#range.bit(literals, start + ((1 + matchBit) << 8) + symbol);
        symbol = symbol * 2 + bit;
        if (bit !== matchBit) break;
      }
    }
    while (symbol < 0x100) symbol = symbol * 2 + this.#range.bit(literals, start + symbol);
    this.#out[this.#size++] = symbol & 0xff;
    this.#model.state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  }

  #byteBack(stepsBack: number): number {
    const at = this.#size - 1 - stepsBack;
    if (at < this.#blockStart) throw new Broken();
    return this.#out[at] ?? 0;
  }

  /** Decodes distance and length of a match; the distance is then the first of `reps`. */
  #matchLength(posState: number): number {
    const model = this.#model;
    const range = this.#range;
    const { state } = model;
    if (range.bit(model.isRep, state) === 0) {
      model.reps.splice(1, 3, model.reps[0], model.reps[1], model.reps[2]);
      const length = model.length.decode(range, posState);
      model.state = state < 7 ? 7 : 10;
      model.reps[0] = this.#readDistance(length);
      return length + LENGTH_MIN;
    }
    if (range.bit(model.isRep0, state) === 0) {
      if (range.bit(model.isLongRep0, state * POS_STATES_MAX + posState) === 0) {
        model.state = state < 7 ? 9 : 11;
        return 1;
      }
    } else this.#swapReps(state);
    model.state = state < 7 ? 8 : 11;
    return model.repLength.decode(range, posState) + LENGTH_MIN;
  }

  #swapReps(state: number): void {
    const { reps, isRep1, isRep2 } = this.#model;
    const isFirst = this.#range.bit(isRep1, state) === 0;
    const index = isFirst ? 1 : 2 + this.#range.bit(isRep2, state);
    const [stepsBack = 0] = reps.splice(index, 1);
    reps.unshift(stepsBack);
  }

  #readDistance(length: number): number {
    const { slots, distances, align } = this.#model;
    const slot = this.#range.tree(slots, Math.min(length, 3) * 64, 6);
    if (slot < 4) return slot;
    const countOfBits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) * 2 ** countOfBits;
    if (slot < SLOTS_END) return high + this.#range.reverseTree(distances, high - slot, countOfBits);
    const middle = this.#range.direct(countOfBits - ALIGN_BITS) * (1 << ALIGN_BITS);
    return high + middle + this.#range.reverseTree(align, 0, ALIGN_BITS);
  }

  #copy(length: number, until: number): void {
    const stepsBack = this.#model.reps[0];
    if (this.#size + length > until || this.#size - 1 - stepsBack < this.#blockStart) throw new Broken();
    for (let i = 0; i < length; i++) {
      this.#out[this.#size] = this.#out[this.#size - 1 - stepsBack] ?? 0;
      this.#size++;
    }
  }
}
