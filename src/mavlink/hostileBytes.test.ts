/**
 * Malicious input: bytes crafted to exhaust memory or to break a parser that expects a well-meaning vehicle or file.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlightReading } from "./logs/flightReading.js";
import { openLog } from "./logs/openLog.js";
import { metadataJson } from "./metadataJson.js";
import { readXz } from "./params/xz.js";
import { listingFrom } from "./protocols/files/ftpListing.js";
import { startFtp, stepFtp, type FtpEvent, type FtpJob, type FtpState } from "./protocols/files/ftpClient.js";
import { FTP_OPCODE, type FtpPacket } from "./protocols/files/ftpWire.js";
import { joined } from "./testing/mutate.js";
import { vectorBytes } from "./testing/vectors.js";
import { FtpFileObserver } from "./protocols/files/ftpFileObserver.js";
import { readTlog } from "./tlog.js";

/** Eight megabytes of zeros compressed to some hundred bytes by liblzma. */
const BOMB =
  "/Td6WFoAAAFpIt42AgAhARwAAAAQz1jM//8RAWxdAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvEgn5lif/xABKwDsc1On/b6ufDEan7eNMW5wnqcjX+woy4XRlZiKfiqR8id19xnABphNmP3Yr9WQD8QlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlU/j1kTYxBaWw7m/BcE1HDNGREaqtYB26zrEnGFxZhulmUli+6XasWeTlWwUI+cfarfz7Uit0zR5bIEL53VM9+ClkCTuAyyps37U78MS9Ll+qDz5LZkKQEw7/EJP4cXhZ+AvN/5UoRg+p/Hze+5owLlbAj4Xzg4HAZcQlUQ8/sp//EAErAOxzU6f9vq58MRqft40xbnCepyNf7CjLhdGVmIp+KpHyJ3X3GcAGmE2Y/div1ZAPxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVT+PWRNjEFpbDub8FwTUcM0ZERqq1gHbrOsScYXFmG6WZSWL7pdqxZ5OVbBQj5x9qt/PtSK3TNHlsgQvndUz34KWQJO4DLKmzftTvwxL0uX6oPPktmQpATDv8Qk/hxeFn4C83/lShGD6n8fN77mjAuVsCPhfODgcBlxCVRDz+yn/8QASsA7HNTp/2+rnwxGp+3jTFucJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F84OBwGXEJVEPP7KAA7oABQB7YffvAAAAAEW80hoAAaIKgICABHCNs+0+MA2LAgAAAAABWVo=";
const MB = 1024 * 1024;
const bomb = (): Uint8Array => new Uint8Array(Buffer.from(BOMB, "base64"));

function realXz(): Uint8Array {
  const files = new FtpFileObserver((path) => path.includes("events"));
  let bytes = new Uint8Array(0);
  readTlog(vectorBytes("px4-metadata-ftp.tlog")!, ({ frame }) => {
    const file = files.onFrame(frame);
    if (file) bytes = Uint8Array.from(file.bytes);
  });
  return bytes;
}

describe("findings 6: xz", () => {
  it("bombs end at the limit, not in the memory", () => {
    expect(bomb().byteLength).toBeLessThan(2000);
    expect(readXz(bomb(), MB)).toEqual({ ok: false, error: { kind: "too-long" } });
    const unpacked = readXz(bomb(), 8 * MB);
    expect(unpacked.ok && unpacked.value.byteLength).toBe(8 * MB);
  });

  it("of thousands of models for nothing is refused", () => {
    // Chunks of one byte, each resetting state and properties: eleven bytes of input make the decoder allocate some
    // kilobytes.
    const chunk = [0xe0, 0, 0, 0, 5, 0x5d, 0, 0, 0, 0, 0, 0];
    const header = [...bomb().subarray(0, 24)];
    const file = joined([Uint8Array.from(header), ...Array.from({ length: 20_000 }, () => Uint8Array.from(chunk))]);
    expect(readXz(file, 16 * MB)).toMatchObject({ ok: false });
  });

  it("that is anything at all ends in an answer within its limit (3,000 files)", () => {
    const sound = realXz();
    const wounds = fc.array(fc.tuple(fc.nat(sound.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(wounds, fc.nat(sound.byteLength), (changes, length) => {
        const file = sound.slice(0, Math.max(32, length));
        for (const [at, byte] of changes) if (at < file.byteLength) file[at] = byte;
        const unpacked = readXz(file, 64 * 1024);
        expect(!unpacked.ok || unpacked.value.byteLength <= 64 * 1024).toBe(true);
      }),
      { numRuns: 1500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const file = joined([sound.subarray(0, 24), noise]);
        expect(typeof readXz(file, MB).ok).toBe("boolean");
        expect(metadataJson(noise) === undefined || noise.length > 0).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

describe("findings 6: MAVFTP from a server that does not mean well", () => {
  /** Any reply of the FTP server, with the sequence number that makes it a reply to the request. */
  const answers = fc.record({
    opcode: fc.constantFrom(FTP_OPCODE.ack, FTP_OPCODE.ack, FTP_OPCODE.nak, 77),
    offsetBytes: fc.oneof(fc.constant(-1), fc.nat(0xffffffff), fc.nat(2000)),
    data: fc.uint8Array({ maxLength: 239 }),
    isBurstComplete: fc.boolean(),
    isSilent: fc.boolean(),
  });
  const jobs: readonly FtpJob[] = [
    { kind: "read", path: "/a", held: [] },
    { kind: "list", path: "/a" },
    { kind: "checksum", path: "/a" },
  ];

  it.each(jobs)("$kind: stays within what was sent, and stops when it is told to (1,000 servers)", (job) => {
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 60 }), (script) => {
        let [state, effects] = startFtp(job, 1);
        let sentBytes = 0;
        let asked: FtpPacket | undefined;
        const step = (event: FtpEvent): void => {
          [state, effects] = stepFtp(state, event);
          for (const effect of effects) if (effect.kind === "store") sentBytes += effect.bytes.byteLength;
          asked = effects.findLast((effect) => effect.kind === "send")?.packet ?? asked;
        };
        asked = effects.find((effect) => effect.kind === "send")?.packet;
        for (const { isSilent, offsetBytes, ...answer } of script) {
          if (isSilent || !asked) step({ kind: "timeout" });
          else {
            const place = offsetBytes < 0 ? asked.offsetBytes : offsetBytes;
            const packet = { ...asked, ...answer, seq: (asked.seq + 1) & 0xffff, reqOpcode: asked.opcode };
            step({ kind: "packet", packet: { ...packet, offsetBytes: place, size: answer.data.byteLength } });
          }
        }
        const held = state.held.reduce((sum, { from, to }) => sum + to - from, 0);
        expect(held).toBeLessThanOrEqual(sentBytes);
        step({ kind: "cancel" });
        for (let i = 0; i < 40 && state.phase !== "over"; i++) step({ kind: "timeout" });
        expect(state.phase).toBe("over");
      }),
      { numRuns: 1000 },
    );
  });

  it("a list that says the same page for ever ends with it once; one without an end ends", () => {
    const listed = (page: (offset: number) => string): { state: FtpState; questions: number } => {
      let [state, effects] = startFtp({ kind: "list", path: "/" }, 1);
      let questions = 0;
      for (; state.phase !== "over" && questions < 50_000; questions++) {
        const sent = effects.find((effect) => effect.kind === "send")?.packet;
        if (!sent) break;
        const data = new TextEncoder().encode(page(sent.offsetBytes));
        const packet = { ...sent, seq: (sent.seq + 1) & 0xffff, opcode: FTP_OPCODE.ack, reqOpcode: sent.opcode, data };
        [state, effects] = stepFtp(state, { kind: "packet", packet: { ...packet, size: data.byteLength } });
      }
      return { state, questions };
    };
    const same = listed(() => "Fa.BIN\t5\0Fb.BIN\t6\0");
    expect(same).toMatchObject({
      questions: 2,
      state: { ending: { outcome: { entries: [{ name: "a.BIN" }, { name: "b.BIN" }] } } },
    });
    const endless = listed((offset) => `Fx${offset}.BIN\t1\0`);
    expect(endless.state.phase).toBe("over");
    expect(endless.questions).toBeLessThan(10_010);
  });

  it("sizes and dates that cannot be are unknown", () => {
    const line = (text: string) => listingFrom(new TextEncoder().encode(text)).entries[0];
    expect(line("Fa\t1e400\t1e300\0")).toMatchObject({ sizeBytes: 0, unixTimeS: undefined });
    expect(line("Fa\t-5\t-5\0")).toMatchObject({ sizeBytes: 0, unixTimeS: undefined });
    expect(line("Fa\t99999999999999999999\0")).toMatchObject({ sizeBytes: 0 });
  });
});

describe("findings 6: ULog definitions", () => {
  const HEADER = Uint8Array.from([0x55, 0x4c, 0x6f, 0x67, 0x01, 0x12, 0x35, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
  const message = (letter: string, body: Uint8Array): Uint8Array =>
    joined([Uint8Array.from([body.length & 0xff, body.length >> 8, letter.charCodeAt(0)]), body]);
  const format = (text: string): Uint8Array => message("F", new TextEncoder().encode(text));
  const subscription = (id: number, name: string): Uint8Array =>
    message("A", joined([Uint8Array.from([0, id & 0xff, id >> 8]), new TextEncoder().encode(name)]));
  const framesOf = (parts: readonly Uint8Array[]): number =>
    new FlightReading(openLog("a.ulg", joined([HEADER, ...parts]))).finish().report.frames;

  it("that contain themselves, double forty times, or name no type make no topic", () => {
    const doubling = Array.from({ length: 40 }, (_, i) => format(`T${i}:uint64_t timestamp;T${i + 1} a;T${i + 1} b;`));
    const circle = [format("A:uint64_t timestamp;B b;"), format("B:A a;"), format("C:C c;")];
    const names = ["T0", "A", "B", "C", "nothing"];
    const subscriptions = Array.from({ length: 5000 }, (_, i) => subscription(i, names[i % names.length]!));
    expect(framesOf([...doubling, format("T40:float x;"), ...circle, ...subscriptions])).toBe(0);
  });

  it("with names of sixty thousand letters, and thousands of definitions, are passed over", () => {
    const long = Array.from({ length: 50 }, (_, i) => format(`N${i}:${"a".repeat(60_000)} x;`));
    const many = Array.from({ length: 20_000 }, (_, i) => format(`M${i}:uint64_t timestamp;`));
    expect(framesOf([...long, ...many])).toBe(0);
  });

  it("of any letters whatever are read to their end (2,000 logs)", () => {
    const word = fc.stringMatching(/^[a-c[\]0-9:; _]{0,12}$/);
    const field = fc.oneof(
      fc.constantFrom("uint64_t timestamp", "float[4] q", "T0 a", "T1[3] b", "char[9999999] c"),
      word,
    );
    const definition = fc
      .tuple(fc.nat(3), fc.array(field, { maxLength: 5 }))
      .map(([i, fields]) => format(`T${i}:${fields.join(";")};`));
    const other = fc
      .tuple(fc.constantFrom("A", "D", "L", "I", "O", "?"), fc.uint8Array({ maxLength: 40 }))
      .map(([letter, body]) => message(letter, body));
    const known = fc.tuple(fc.nat(5), fc.nat(3)).map(([id, i]) => subscription(id, `T${i}`));
    fc.assert(
      fc.property(fc.array(fc.oneof(definition, other, known), { maxLength: 30 }), (parts) => {
        expect(framesOf(parts)).toBeLessThanOrEqual(parts.length);
      }),
      { numRuns: 2000 },
    );
  });
});
