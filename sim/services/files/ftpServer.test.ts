import { describe, expect, it } from "vitest";
import type { Flavour } from "../../flavour.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import type { ReceivedMessage } from "../../wire/mavlinkCodec.js";
import { crc32Part } from "../../../src/core/crc32.js";
import { definitionsOf } from "../params/definitions.js";
import { createParamTable } from "../params/paramTable.js";
import { createAircraftFiles, createFileService } from "./fileService.js";
import { FTP_ERROR, FTP_OP } from "./ftpPayload.js";

const LOG = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7) & 0xff);

type Reply = {
  readonly seq: number;
  readonly session: number;
  readonly opcode: number;
  readonly offset: number;
  readonly isComplete: boolean;
  readonly data: Buffer;
};

function replyFrom(payload: readonly number[]): Reply {
  const bytes = Buffer.from(payload);
  return {
    seq: bytes.readUInt16LE(0),
    session: bytes[2]!,
    opcode: bytes[3]!,
    offset: bytes.readUInt32LE(8),
    isComplete: bytes[6] === 1,
    data: bytes.subarray(12, 12 + bytes[4]!),
  };
}

const repliesIn = (messages: readonly ReceivedMessage[]): readonly Reply[] =>
  only(messages, "FILE_TRANSFER_PROTOCOL").map(({ payload }) => replyFrom(payload));

function aircraft(autopilot: Flavour["autopilot"], linkBitsPerS = 460_800) {
  const folder = autopilot === "px4" ? "/fs/microsd/log/2026-11-23/06_00_00.ulg" : "/APM/LOGS/00000001.BIN";
  const harness = createServiceHarness({ autopilot, airframe: "copter" }, (view, controls) => {
    const tree = createAircraftFiles(view, createParamTable({ view, controls }), new Map([[folder, () => LOG]]));
    return [createFileService(view, tree, { systemId: 1, linkBitsPerS, speedup: 1 })];
  });
  let seq = 0;
  const request = (
    opcode: number,
    fields: { session?: number; offset?: number; size?: number; data?: Uint8Array | string; seq?: number } = {},
  ) => {
    const data = Buffer.from(fields.data ?? "");
    const payload = Buffer.alloc(251);
    seq = fields.seq ?? (seq + 1) & 0xffff;
    payload.writeUInt16LE(seq, 0);
    payload[2] = fields.session ?? 0;
    payload[3] = opcode;
    payload[4] = fields.size ?? data.length;
    payload.writeUInt32LE(fields.offset ?? 0, 8);
    payload.set(data, 12);
    const answer = harness.ask({
      name: "FILE_TRANSFER_PROTOCOL",
      fields: { targetSystem: 1, targetComponent: 1, payload: [...payload] },
    });
    return repliesIn(answer)[0];
  };
  const errorOf = (...args: Parameters<typeof request>) => {
    const reply = request(...args);
    return reply?.opcode === FTP_OP.nak ? reply.data[0] : undefined;
  };
  const readAll = (path: string, length = 239): Buffer => {
    request(FTP_OP.openFileRO, { data: path });
    const parts: Buffer[] = [];
    for (let offset = 0; ;) {
      const reply = request(FTP_OP.readFile, { offset, size: length });
      if (reply?.opcode !== FTP_OP.ack) break;
      parts.push(reply.data);
      offset += reply.data.length;
    }
    request(FTP_OP.terminateSession);
    return Buffer.concat(parts);
  };
  return { ...harness, request, errorOf, readAll, path: folder };
}

const BOTH = ["ardupilot", "px4"] as const;

describe.each(BOTH)("MAVFTP on %s", (autopilot) => {
  it("reads a file piece by piece and says the end of it", () => {
    const { readAll, path } = aircraft(autopilot);
    expect(readAll(path).equals(LOG)).toBe(true);
  });

  it("opens with the size, and gives the checksum", () => {
    const { request, path } = aircraft(autopilot);
    expect(request(FTP_OP.openFileRO, { data: path })?.data.readUInt32LE(0)).toBe(LOG.length);
    request(FTP_OP.terminateSession);
    expect(request(FTP_OP.calcFileCRC32, { data: path })?.data.readUInt32LE(0)).toBe(crc32Part(LOG));
  });

  it("lists folders and files, page by page, to the end", () => {
    const { request, errorOf, path } = aircraft(autopilot);
    const folder = path.slice(0, path.lastIndexOf("/"));
    const name = path.slice(folder.length + 1);
    expect(request(FTP_OP.listDirectory, { data: folder })?.data.toString()).toBe(`F${name}\t5000\0`);
    expect(errorOf(FTP_OP.listDirectory, { data: folder, offset: 1 })).toBe(FTP_ERROR.endOfFile);
    expect(request(FTP_OP.listDirectory, { data: folder.slice(0, folder.lastIndexOf("/")) })?.data.toString()).toMatch(
      /^D/,
    );
  });

  it("bursts the whole file at the pace of the link", () => {
    const slow = aircraft(autopilot, 57_600);
    slow.request(FTP_OP.openFileRO, { data: slow.path });
    slow.request(FTP_OP.burstReadFile, { size: 239, seq: 100 });
    const replies = repliesIn(slow.run(600));
    const share = autopilot === "px4" ? 0.7 : 1 / 3;
    const allowed = (57_600 / 8) * share * 0.6;
    expect(replies.length * 266).toBeGreaterThan(allowed - 600);
    expect(replies.length * 266).toBeLessThanOrEqual(allowed);
    expect(replies.map(({ seq }) => seq)).toEqual(replies.map((_, i) => 101 + i));
    const rest = repliesIn(slow.run(6000));
    const all = [...replies, ...rest];
    expect(Buffer.concat(all.filter(({ opcode }) => opcode === FTP_OP.ack).map(({ data }) => data)).equals(LOG)).toBe(
      true,
    );
    expect(all.at(-1)).toMatchObject({ opcode: FTP_OP.nak, isComplete: true, offset: LOG.length });
    expect(all.at(-1)?.data[0]).toBe(FTP_ERROR.endOfFile);
  });

  it("answers a request that comes again with the same reply, done once", () => {
    const { request, path } = aircraft(autopilot);
    const first = request(FTP_OP.openFileRO, { data: path, seq: 7 });
    expect(request(FTP_OP.openFileRO, { data: path, seq: 7 })).toEqual(first);
  });

  it("creates, writes, reads and removes where it may, and nowhere else", () => {
    const { request, errorOf, readAll, path } = aircraft(autopilot);
    const mine = path.replace(/[^/]+$/, "mine.txt");
    expect(request(FTP_OP.createFile, { data: mine })?.opcode).toBe(FTP_OP.ack);
    request(FTP_OP.writeFile, { data: "lookout", offset: 0 });
    request(FTP_OP.writeFile, { data: "!", offset: 7 });
    request(FTP_OP.terminateSession);
    expect(readAll(mine).toString()).toBe("lookout!");
    expect(request(FTP_OP.removeFile, { data: mine })?.opcode).toBe(FTP_OP.ack);
    expect(errorOf(FTP_OP.removeFile, { data: mine })).toBe(FTP_ERROR.fileNotFound);
    expect(errorOf(FTP_OP.createFile, { data: "/etc/passwd" })).toBe(FTP_ERROR.fileProtected);
    expect(errorOf(FTP_OP.openFileRO, { data: "/nowhere" })).toBe(FTP_ERROR.fileNotFound);
  });

  it("refuses what it does not know and what cannot be", () => {
    const { errorOf } = aircraft(autopilot);
    expect(errorOf(77)).toBe(FTP_ERROR.unknownCommand);
    expect(errorOf(FTP_OP.listDirectory, { size: 250 })).toBe(FTP_ERROR.invalidDataSize);
  });
});

describe("sessions", () => {
  it("ArduPilot has one: another number waits until three idle seconds have passed", () => {
    const { request, errorOf, run, path } = aircraft("ardupilot");
    request(FTP_OP.openFileRO, { data: path, session: 3 });
    expect(errorOf(FTP_OP.openFileRO, { data: path, session: 4 })).toBe(FTP_ERROR.invalidSession);
    expect(errorOf(FTP_OP.openFileRO, { data: path, session: 3 })).toBe(FTP_ERROR.fail);
    run(3100);
    expect(request(FTP_OP.openFileRO, { data: path, session: 4 })?.opcode).toBe(FTP_OP.ack);
    request(FTP_OP.resetSessions, { session: 9 });
    expect(request(FTP_OP.openFileRO, { data: path, session: 5 })?.opcode).toBe(FTP_OP.ack);
  });

  it("PX4 gives out 0 and has no second", () => {
    const { request, errorOf, path } = aircraft("px4");
    expect(request(FTP_OP.openFileRO, { data: path, session: 9 })).toMatchObject({ opcode: FTP_OP.ack, session: 0 });
    expect(errorOf(FTP_OP.openFileRO, { data: path })).toBe(FTP_ERROR.noSessionsAvailable);
    expect(errorOf(FTP_OP.readFile, { size: 10, session: 2 })).toBe(FTP_ERROR.invalidSession);
    request(FTP_OP.terminateSession);
    expect(errorOf(FTP_OP.readFile, { size: 10 })).toBe(FTP_ERROR.invalidSession);
  });

  it("ArduPilot lets other requests wait while a burst goes out; PX4 pauses a burst after 35 packets", () => {
    const ap = aircraft("ardupilot");
    ap.request(FTP_OP.openFileRO, { data: ap.path });
    ap.request(FTP_OP.burstReadFile, { size: 239 });
    expect(ap.request(FTP_OP.listDirectory, { data: "/APM" })).toBeUndefined();
    expect(repliesIn(ap.run(3000)).at(-1)).toMatchObject({ opcode: FTP_OP.ack });
    const px4 = aircraft("px4");
    px4.request(FTP_OP.openFileRO, { data: px4.path });
    px4.request(FTP_OP.burstReadFile, { size: 100 });
    const burst = repliesIn(px4.run(3000));
    expect(burst).toHaveLength(35);
    expect(burst.at(-1)).toMatchObject({ isComplete: true, opcode: FTP_OP.ack });
  });
});

/** Independent reader, by the format's description: https://github.com/ArduPilot/ardupilot (AP_Filesystem README). */
function unpacked(file: Buffer) {
  const [magic, count, total] = [file.readUInt16LE(0), file.readUInt16LE(2), file.readUInt16LE(4)];
  const params: { name: string; type: number; value: number; usual: number | undefined; at: number; width: number }[] =
    [];
  let name = "";
  for (let at = 6; at < file.length;) {
    if (file[at] === 0) {
      at++;
      continue;
    }
    const type = file[at]! & 15;
    const hasDefault = (file[at]! & 16) !== 0;
    const [common, own] = [file[at + 1]! & 15, (file[at + 1]! >> 4) + 1];
    name = name.slice(0, common) + file.subarray(at + 2, at + 2 + own).toString();
    at += 2 + own;
    const width = [0, 1, 2, 4, 4][type]!;
    const readAt = (from: number) =>
      type === 1
        ? file.readInt8(from)
        : type === 2
          ? file.readInt16LE(from)
          : type === 3
            ? file.readInt32LE(from)
            : file.readFloatLE(from);
    params.push({ name, type, value: readAt(at), usual: hasDefault ? readAt(at + width) : undefined, at, width });
    at += width * (hasDefault ? 2 : 1);
  }
  return { magic, count, total, params };
}

describe("@PARAM/param.pck", () => {
  it("holds every parameter, and no value crosses the border of a read", () => {
    const ap = aircraft("ardupilot");
    ap.controls.setParam("RTL_ALT", 2500);
    const file = ap.readAll("@PARAM/param.pck", 200);
    const { magic, count, total, params } = unpacked(file);
    const listed = definitionsOf({ autopilot: "ardupilot", airframe: "copter" }).filter(
      ({ shownBy }) => shownBy === undefined,
    );
    expect([magic, count, total]).toEqual([0x671b, listed.length, listed.length]);
    expect(params.map(({ name }) => name)).toEqual(listed.map(({ name }) => name));
    expect(params.find(({ name }) => name === "RTL_ALT")?.value).toBe(2500);
    expect(params.every(({ value }, i) => value === listed[i]!.value || params[i]!.name === "RTL_ALT")).toBe(true);
    expect(params.filter(({ at, width }) => Math.floor(at / 200) !== Math.floor((at + width - 1) / 200))).toEqual([]);
  });

  it("gives defaults where they differ, and a part when asked for", () => {
    const ap = aircraft("ardupilot");
    ap.controls.setParam("RTL_ALT", 2500);
    const whole = unpacked(ap.readAll("@PARAM/param.pck?withdefaults=1"));
    expect(whole.magic).toBe(0x671c);
    expect(whole.params.filter(({ usual }) => usual !== undefined)).toMatchObject([
      { name: "RTL_ALT", value: 2500, usual: 3000 },
    ]);
    const part = unpacked(ap.readAll("@PARAM/param.pck?start=10&count=5"));
    expect([part.count, part.total]).toEqual([5, whole.total]);
    expect(part.params.map(({ name }) => name)).toEqual(whole.params.slice(10, 15).map(({ name }) => name));
  });

  it("says a wrong size, and takes one size of read only", () => {
    const ap = aircraft("ardupilot");
    const sent = ap.request(FTP_OP.openFileRO, { data: "@PARAM/param.pck" })?.data.readUInt32LE(0) ?? 0;
    expect(sent).toBe(1400 * 12);
    ap.request(FTP_OP.readFile, { size: 200 });
    const refusal = ap.request(FTP_OP.readFile, { size: 100 });
    expect([...(refusal?.data ?? [])]).toEqual([FTP_ERROR.failErrno, 22]);
    ap.request(FTP_OP.terminateSession);
    expect(ap.readAll("@PARAM/param.pck").length).toBeLessThan(sent);
  });
});

describe("ArduPilot's other made-up files", () => {
  it("reports on its system and gives its plans", () => {
    const ap = aircraft("ardupilot");
    expect(ap.readAll("@SYS/uarts.txt").toString()).toMatch(/^UARTV1\nSERIAL0 /);
    const item = {
      frame: 3,
      command: 16,
      params: [0, 0, 0, 0] as const,
      xDegE7: 507_700_000,
      yDegE7: 16_045_000,
      zM: 60,
    };
    ap.flight.mission = { ...ap.flight.mission, items: [item, item] };
    const mission = ap.readAll("@MISSION/mission.dat");
    expect([mission.readUInt16LE(0), mission.readUInt16LE(2), mission.readUInt16LE(8)]).toEqual([0x763d, 0, 2]);
    expect(mission).toHaveLength(10 + 2 * 38);
    expect([mission.readInt32LE(48 + 16), mission.readUInt16LE(48 + 28), mission[48 + 34]]).toEqual([
      507_700_000, 1, 3,
    ]);
    expect(ap.request(FTP_OP.listDirectory, { data: "@SYS" })?.data.toString()).toContain("Fuarts.txt\t100000\0");
  });
});
