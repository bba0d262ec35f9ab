import { describe, expect, it } from "vitest";
import { frameOf, OWN, VEHICLE } from "../testing/frames.js";
import { FtpFileObserver } from "./ftpFileObserver.js";
import { FTP_OPCODE, ftpMessage, type FtpPacket } from "./ftpWire.js";

const packet = (change: Partial<FtpPacket>): FtpPacket => ({
  ...{ seq: 0, session: 0, opcode: FTP_OPCODE.ack, reqOpcode: 0, isBurstComplete: false, offsetBytes: 0 },
  ...{ size: change.data?.byteLength ?? 0, data: new Uint8Array(0) },
  ...change,
});
const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const PATH = "@PARAM/x.json";

function observed() {
  const observer = new FtpFileObserver((path) => path.startsWith("@PARAM"));
  const request = (change: Partial<FtpPacket>, to = VEHICLE) =>
    observer.onFrame(frameOf(ftpMessage(packet(change), to), OWN));
  const reply = (change: Partial<FtpPacket>, from = VEHICLE) =>
    observer.onFrame(frameOf(ftpMessage(packet(change), OWN), from));
  const ask = (path = PATH, to = VEHICLE) => request({ opcode: FTP_OPCODE.openFileReadOnly, data: bytes(path) }, to);
  const open = (sizeBytes: number, session = 3, from = VEHICLE) => {
    const data = new Uint8Array(4);
    new DataView(data.buffer).setUint32(0, sizeBytes, true);
    return reply({ reqOpcode: FTP_OPCODE.openFileReadOnly, session, data }, from);
  };
  const piece = (offsetBytes: number, text: string, change: Partial<FtpPacket> = {}, from = VEHICLE) =>
    reply({ reqOpcode: FTP_OPCODE.burstReadFile, session: 3, offsetBytes, data: bytes(text), ...change }, from);
  return { observer, request, reply, ask, open, piece };
}

describe("a file that another station reads on our link", () => {
  it("is put together from the replies, in any order", () => {
    const { ask, open, piece } = observed();
    expect([ask(), open(6), piece(4, "ef"), piece(0, "ab")]).toEqual([undefined, undefined, undefined, undefined]);
    expect(piece(2, "cd", { reqOpcode: FTP_OPCODE.readFile })).toEqual({
      systemId: 7,
      path: PATH,
      bytes: bytes("abcdef"),
    });
    // Once only: the session is no longer followed.
    expect(piece(2, "cd")).toBeUndefined();
  });
  it("is known by its path up to the first NUL", () => {
    const { ask, open, piece } = observed();
    ask(`${PATH}\0junk`);
    open(1);
    expect(piece(0, "a")).toMatchObject({ path: PATH });
  });
  it.each([
    ["is not wanted", "/other.txt", 2],
    ["is empty", PATH, 0],
    ["is larger than a megabyte", PATH, 1024 * 1024 + 1],
  ])("is not followed when it %s", (_name, path, sizeBytes) => {
    const { ask, open, piece } = observed();
    ask(path);
    open(sizeBytes);
    expect(piece(0, "ab")).toBeUndefined();
  });
  it("is not followed where its opening was not heard, or tells no size", () => {
    const unasked = observed();
    unasked.open(2);
    expect(unasked.piece(0, "ab")).toBeUndefined();
    const sizeless = observed();
    sizeless.ask();
    sizeless.reply({ reqOpcode: FTP_OPCODE.openFileReadOnly, session: 3, data: Uint8Array.of(2, 0, 0) });
    expect(sizeless.piece(0, "ab")).toBeUndefined();
  });
  it("takes no bytes of another session, another vehicle, beyond its end, or of another kind of reply", () => {
    const { ask, open, piece } = observed();
    ask();
    open(2);
    expect(piece(0, "xy", { session: 4 })).toBeUndefined();
    expect(piece(0, "xy", {}, { systemId: 8, componentId: 1 })).toBeUndefined();
    expect(piece(1, "xy")).toBeUndefined();
    expect(piece(0, "xy", { opcode: FTP_OPCODE.nak })).toBeUndefined();
    expect(piece(0, "xy", { reqOpcode: FTP_OPCODE.calcFileCrc32 })).toBeUndefined();
    expect(piece(0, "ab")).toMatchObject({ bytes: bytes("ab") });
  });
  it("begins anew when its session is opened again", () => {
    const { ask, open, piece } = observed();
    ask();
    open(2);
    piece(0, "a");
    open(2);
    expect(piece(1, "b")).toBeUndefined();
    expect(piece(0, "A")).toMatchObject({ bytes: bytes("Ab") });
    ask("/other.txt");
    open(2);
    expect(piece(0, "ab")).toBeUndefined();
  });
  it("of one vehicle is not that of another", () => {
    const OTHER = { systemId: 8, componentId: 1 };
    const { ask, open, piece } = observed();
    ask();
    ask("@PARAM/of8", OTHER);
    open(1);
    open(1, 3, OTHER);
    expect(piece(0, "a")).toMatchObject({ systemId: 7, path: PATH });
    expect(piece(0, "b", {}, OTHER)).toMatchObject({ systemId: 8, path: "@PARAM/of8" });
  });
  it("is one of at most 32: more are forgotten, whoever floods the link", () => {
    const { ask, open, piece } = observed();
    ask();
    for (let session = 0; session < 32; session++) open(2, session);
    expect(piece(0, "ab", { session: 31 })).toBeDefined();
    open(2, 40);
    open(2, 41);
    expect(piece(0, "ab", { session: 5 })).toBeUndefined();
    expect(piece(0, "ab", { session: 41 })).toBeDefined();
    const flooded = observed();
    for (let systemId = 1; systemId <= 33; systemId++) flooded.ask(PATH, { systemId, componentId: 1 });
    flooded.open(2);
    expect(flooded.piece(0, "ab")).toBeUndefined();
    const busy = observed();
    for (let systemId = 1; systemId <= 32; systemId++) busy.ask(PATH, { systemId, componentId: 1 });
    busy.open(2);
    expect(busy.piece(0, "ab")).toBeDefined();
  });
  it("is not in other messages", () => {
    expect(observed().observer.onFrame(frameOf({ name: "HEARTBEAT", fields: {} }))).toBeUndefined();
  });
});
