/** The client of the file protocol step by step: what it asks after each reply, silence and refusal, and how it ends. */
import { describe, expect, it } from "vitest";
import { ftpProgress, startFtp, stepFtp, type FtpEvent, type FtpJob } from "./ftpClient.js";
import type { ByteRanges } from "./ftpRanges.js";
import { FTP_DATA_BYTES, FTP_ERROR, FTP_OPCODE, type FtpPacket } from "./ftpWire.js";

const POLICY = { firstMs: 1000, longestMs: 3000, growth: 2, triesMax: 4, closingTriesMax: 2, slowMs: 8000 };
const { ack, nak } = FTP_OPCODE;
const OPEN = FTP_OPCODE.openFileReadOnly;
const BURST = FTP_OPCODE.burstReadFile;
const READ = FTP_OPCODE.readFile;
const TERMINATE = FTP_OPCODE.terminateSession;
const SESSION = 3;
const letters = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const size = (bytes: number) => Uint8Array.of(bytes & 0xff, bytes >> 8, 0, 0);

function talk(job: FtpJob, firstSeq = 10) {
  let [state, effects] = startFtp(job, firstSeq, POLICY);
  let request: FtpPacket | undefined;
  const noteRequest = () => {
    for (const effect of effects) if (effect.kind === "send") request = effect.packet;
  };
  noteRequest();
  const step = (event: FtpEvent) => {
    [state, effects] = stepFtp(state, event);
    noteRequest();
  };
  /** A reply to the newest request, unless it says otherwise. */
  const reply = (change: Partial<FtpPacket> = {}) => {
    const { seq = 0, opcode = 0, offsetBytes = 0 } = request ?? {};
    const data = change.data ?? new Uint8Array(0);
    const base = { session: SESSION, opcode: ack, reqOpcode: opcode, isBurstComplete: false, offsetBytes };
    step({ kind: "packet", packet: { ...base, seq: (seq + 1) & 0xffff, size: data.byteLength, ...change, data } });
  };
  const refuse = (ftpError: number, errno?: number, change: Partial<FtpPacket> = {}) =>
    reply({ opcode: nak, data: Uint8Array.from(errno === undefined ? [ftpError] : [ftpError, errno]), ...change });
  const silence = (count = 1) => {
    for (let i = 0; i < count; i++) step({ kind: "timeout" });
  };
  /** The last step's messages: opcode, and offset behind a slash; its stored bytes; its timer behind a colon. */
  const did = () =>
    effects
      .map((effect) => {
        if (effect.kind === "send") return `${effect.packet.opcode}/${effect.packet.offsetBytes}`;
        if (effect.kind === "store") return `store ${effect.offsetBytes}+${effect.bytes.byteLength}`;
        return `:${effect.afterMs}`;
      })
      .join(" ");
  const asked = (): FtpPacket => {
    if (!request) throw new Error("nothing was asked");
    return request;
  };
  const ending = () => (state.phase === "over" ? state.ending : state.phase);
  return { step, reply, refuse, silence, did, asked, ending, state: () => state };
}
const reading = (held: ByteRanges = [], firstSeq = 10) => {
  const it = talk({ kind: "read", path: "/a", held }, firstSeq);
  it.reply({ data: size(1000) });
  return it;
};
const failed = (failure: object) => ({ isOk: false, failure });
const refused = (ftpError: number, errno?: number) => failed({ kind: "refused", ftpError, errno });
const piece = (offsetBytes: number, bytes = FTP_DATA_BYTES) => ({ offsetBytes, data: new Uint8Array(bytes) });

describe("the first request of a job", () => {
  it.each([
    ["read", OPEN, 1000],
    ["list", FTP_OPCODE.listDirectoryWithTime, 1000],
    ["checksum", FTP_OPCODE.calcFileCrc32, 8000],
  ] as const)("%s", (kind, opcode, afterMs) => {
    const { did, asked } = talk(kind === "read" ? { kind, path: "/a.b", held: [] } : { kind, path: "/a.b" });
    expect(did()).toBe(`${opcode}/0 :${afterMs}`);
    expect(asked()).toEqual({
      ...{ seq: 10, session: 0, opcode, size: 4, reqOpcode: 0, isBurstComplete: false, offsetBytes: 0 },
      data: letters("/a.b"),
    });
  });
  it("has as much of the path as one message holds", () => {
    expect(talk({ kind: "list", path: "x".repeat(300) }).asked()).toMatchObject({ size: 239, data: { length: 239 } });
  });
  it("is answered by the next number, the same opcode, and an ack or a nak", () => {
    const { reply, state } = talk({ kind: "read", path: "/a", held: [] });
    reply({ seq: 10 });
    reply({ seq: 12 });
    reply({ reqOpcode: READ });
    reply({ opcode: OPEN });
    expect(state().phase).toBe("asking");
    reply();
    expect(state().phase).toBe("reading");
  });
  it("is answered across the end of the numbers", () => {
    const { asked } = reading([], 0xffff);
    expect(asked().seq).toBe(1);
  });
});

describe("silence", () => {
  it("repeats the same request, each time waiting longer up to a limit, then gives up", () => {
    const { silence, did, asked, ending } = talk({ kind: "list", path: "/a" });
    const waits = [2000, 3000, 3000].map(() => {
      silence();
      return `${did()} #${asked().seq}`;
    });
    expect(waits).toEqual(["16/0 :2000 #10", "16/0 :3000 #10", "16/0 :3000 #10"]);
    silence();
    expect(ending()).toEqual(failed({ kind: "no-reply" }));
    expect(did()).toBe("");
  });
  it("does not shorten the wait for a checksum, which is longer than the limit", () => {
    const { silence, did } = talk({ kind: "checksum", path: "/a" });
    silence();
    expect(did()).toBe("14/0 :8000");
  });
  it("is forgiven by a tenth with every reply, down to the first wait", () => {
    const { silence, reply, did } = talk({ kind: "list", path: "/a" });
    silence(2);
    reply({ data: letters("Fa\t1\0") });
    expect(did()).toBe("16/1 :2700");
    const quick = talk({ kind: "list", path: "/a" });
    quick.reply({ data: letters("Fa\t1\0") });
    expect(quick.did()).toBe("16/1 :1000");
  });
});

describe("a folder", () => {
  const list = () => talk({ kind: "list", path: "/a" });
  const file = (name: string) => ({ kind: "file", name, sizeBytes: 1, unixTimeS: undefined });
  const listed = (...names: readonly string[]) => ({
    isOk: true,
    outcome: { kind: "listed", entries: names.map(file) },
  });
  it("is read page by page, skipped entries counted, until the end of it", () => {
    const { reply, refuse, did, asked, ending } = list();
    reply({ data: letters("Fa\t1\0S\0Fb\t1\0") });
    expect([did(), asked().seq, asked().data]).toEqual(["16/3 :1000", 12, letters("/a")]);
    reply({ data: letters("Fc\t1\0") });
    expect(did()).toBe("16/4 :1000");
    refuse(FTP_ERROR.endOfFile);
    expect(ending()).toEqual(listed("a", "b", "c"));
  });
  it("ends with an empty page", () => {
    const { reply, ending } = list();
    reply({ data: letters("Fa\t1\0") });
    reply({ data: letters("\0") });
    expect(ending()).toEqual(listed("a"));
  });
  it("ends with a page that was there before; a page that only begins like it is another", () => {
    const { reply, ending } = list();
    reply({ data: letters("Fa\t1\0Fb\t1\0") });
    reply({ data: letters("Fa\t1\0Fc\t1\0") });
    expect(ending()).toBe("asking");
    reply({ data: letters("Fa\t1\0Fc\t1\0") });
    expect(ending()).toEqual(listed("a", "b", "a", "c"));
    const longer = list();
    longer.reply({ data: letters("Fb\t1\0") });
    longer.reply({ data: letters("Fa\t1\0Fb\t1\0") });
    expect(longer.ending()).toBe("asking");
  });
  it("of nothing but skipped entries goes on", () => {
    const { reply, did } = list();
    reply({ data: letters("S\0S\0") });
    expect(did()).toBe("16/2 :1000");
  });
  it("that never ends is cut after ten thousand entries", () => {
    const { reply, ending } = list();
    const page = (from: number) => letters(Array.from({ length: 100 }, (_, i) => `F${from + i}\0`).join(""));
    for (let from = 0; from < 10_000; from += 100) reply({ data: page(from) });
    expect(ending()).toBe("asking");
    reply({ data: page(10_000) });
    expect(ending()).toMatchObject({ isOk: true, outcome: { entries: { length: 10_100 } } });
  });
  it("is asked for in the older form, once, where the newer is not known", () => {
    const { refuse, did, ending } = list();
    refuse(FTP_ERROR.unknownCommand);
    expect(did()).toBe("3/0 :1000");
    refuse(FTP_ERROR.unknownCommand);
    expect(ending()).toEqual(refused(7));
  });
  it.each([
    [FTP_ERROR.fileNotFound, undefined, failed({ kind: "not-found" })],
    [FTP_ERROR.failErrno, 2, failed({ kind: "not-found" })],
    [FTP_ERROR.failErrno, 13, refused(2, 13)],
    [FTP_ERROR.noSessionsAvailable, undefined, failed({ kind: "no-session" })],
    [FTP_ERROR.fail, undefined, refused(1)],
    [FTP_ERROR.fail, 2, refused(1, 2)],
  ])("refused with error %i, errno %s", (ftpError, errno, ending) => {
    const it = list();
    it.refuse(ftpError, errno);
    expect(it.ending()).toEqual(ending);
  });
});

describe("a checksum", () => {
  it("is the first four bytes, little endian; 0 where there are fewer", () => {
    const of = (data: Uint8Array) => {
      const it = talk({ kind: "checksum", path: "/a" });
      it.reply({ data });
      return it.ending();
    };
    const checksum = (crc32: number) => ({ isOk: true, outcome: { kind: "checksum", crc32 } });
    expect(of(Uint8Array.of(1, 2, 3, 0xff, 9))).toEqual(checksum(0xff030201));
    expect(of(Uint8Array.of(1, 2, 3))).toEqual(checksum(0));
  });
  it("of a file that is not there, or that ends, is refused", () => {
    const missing = talk({ kind: "checksum", path: "/a" });
    missing.refuse(FTP_ERROR.endOfFile);
    expect(missing.ending()).toEqual(refused(6));
  });
});

describe("a session that is not free", () => {
  const open = () => talk({ kind: "read", path: "/a", held: [] });
  it.each([FTP_ERROR.noSessionsAvailable, FTP_ERROR.fail])("error %i: first our own are closed", (ftpError) => {
    const { refuse, reply, did, asked } = open();
    refuse(ftpError);
    expect([did(), asked().seq]).toEqual([`${FTP_OPCODE.resetSessions}/0 :1000`, 12]);
    reply();
    expect([did(), asked().seq, asked().data]).toEqual([`${OPEN}/0 :1000`, 14, letters("/a")]);
  });
  it("is then waited for, 3.5 s each time, and given up after the third wait", () => {
    const { refuse, reply, silence, did, ending } = open();
    refuse(FTP_ERROR.noSessionsAvailable);
    reply();
    for (let waits = 0; waits < 3; waits++) {
      refuse(FTP_ERROR.noSessionsAvailable);
      expect(did()).toBe(":3500");
      reply();
      expect(did()).toBe("");
      silence();
      expect(did()).toBe(`${OPEN}/0 :1000`);
    }
    refuse(FTP_ERROR.noSessionsAvailable);
    expect(ending()).toEqual(failed({ kind: "no-session" }));
  });
  it("is asked for again also where closing our own is refused or not answered", () => {
    const { refuse, silence, did, ending } = open();
    refuse(FTP_ERROR.fail);
    refuse(FTP_ERROR.fail);
    expect(did()).toBe(`${OPEN}/0 :1000`);
    const silent = open();
    silent.refuse(FTP_ERROR.fail);
    silent.silence(4);
    expect([silent.ending(), ending()]).toEqual([failed({ kind: "no-reply" }), "asking"]);
    silence();
    expect(did()).toBe(`${OPEN}/0 :2000`);
  });
});

describe("the reading of a file", () => {
  it("begins with a burst of full messages, behind what is held", () => {
    const { asked } = reading([{ from: 0, to: 500 }]);
    expect(asked()).toMatchObject({ opcode: BURST, session: SESSION, size: 239, offsetBytes: 500, seq: 12 });
  });
  it("stores what comes, in and out of order, and waits on", () => {
    const { reply, did, state } = reading();
    reply(piece(0));
    expect(did()).toBe("store 0+239 :1000");
    reply({ ...piece(478), seq: 15 });
    expect(state().held).toEqual([
      { from: 0, to: 239 },
      { from: 478, to: 717 },
    ]);
    expect(ftpProgress(state())).toEqual({ bytesDone: 478, announcedBytes: 1000 });
  });
  it("tells no announced size before the file is open and after its end", () => {
    const { state, step } = talk({ kind: "read", path: "/a", held: [{ from: 0, to: 5 }] });
    expect(ftpProgress(state())).toEqual({ bytesDone: 5, announcedBytes: undefined });
    step({ kind: "vehicle-lost" });
    expect(ftpProgress(state())).toEqual({ bytesDone: 5, announcedBytes: undefined });
  });
  it("takes nothing of another session, of an earlier burst, or from impossibly far", () => {
    const { reply, did, state } = reading();
    reply({ ...piece(0), seq: 14, session: 4 });
    expect(did()).toBe("");
    reply({ ...piece(0), seq: 12 });
    reply({ ...piece(0), seq: 12 + 0x8001 });
    reply(piece(0x8000 * 239 + 1));
    expect(state().held).toEqual([]);
    reply(piece(0x8000 * 239));
    expect(state().held).toHaveLength(1);
  });
  it("goes on behind the last message of a burst", () => {
    const { reply, did, asked } = reading();
    reply(piece(0));
    reply({ ...piece(239), seq: 14, isBurstComplete: true });
    expect(did()).toBe(`store 239+239 ${BURST}/478 :1000`);
    expect(asked().seq).toBe(15);
  });
  it("reads narrow gaps one by one and wide ones by a burst", () => {
    const narrow = reading();
    narrow.reply({ ...piece(40 * 239), isBurstComplete: true });
    narrow.refuse(FTP_ERROR.endOfFile, undefined, { offsetBytes: 41 * 239 });
    expect(narrow.did()).toBe(`${READ}/0 :1000`);
    const wide = reading();
    wide.reply({ ...piece(40 * 239 + 1), isBurstComplete: true });
    expect(wide.did()).toBe(`store 9561+239 ${BURST}/0 :1000`);
  });
  it("ends with the end of the file, and closes the session", () => {
    const { reply, refuse, did, asked, ending } = reading();
    reply(piece(0, 100));
    refuse(FTP_ERROR.endOfFile, undefined, { seq: 14, offsetBytes: 100 });
    expect(did()).toBe(`${TERMINATE}/0 :1000`);
    expect(asked()).toMatchObject({ session: SESSION, size: 0, seq: 15 });
    reply();
    expect(ending()).toEqual({ isOk: true, outcome: { kind: "read", sizeBytes: 100 } });
  });
  it("ends as well where the session cannot be closed, after fewer tries", () => {
    const { refuse, silence, ending, step, did } = reading();
    refuse(FTP_ERROR.endOfFile);
    silence();
    expect(did()).toBe(`${TERMINATE}/0 :2000`);
    step({ kind: "cancel" });
    expect([ending(), did()]).toEqual(["closing", ""]);
    silence();
    expect(ending()).toEqual({ isOk: true, outcome: { kind: "read", sizeBytes: 0 } });
  });
  it("fetches the last parts that were lost, where the end lies behind them", () => {
    const { reply, refuse, did } = reading();
    reply(piece(0));
    refuse(FTP_ERROR.endOfFile, undefined, { seq: 15, offsetBytes: 478 });
    expect(did()).toBe(`${READ}/239 :1000`);
  });
  it("does not believe an end before what is held, unless nothing was asked behind it", () => {
    const { reply, refuse, did } = reading();
    reply(piece(478));
    refuse(FTP_ERROR.endOfFile, undefined, { seq: 14, offsetBytes: 239 });
    expect(did()).toBe(`${READ}/0 :1000`);
    const behind = reading([{ from: 0, to: 500 }]);
    behind.refuse(FTP_ERROR.endOfFile, undefined, { offsetBytes: 400 });
    expect(behind.did()).toBe(`${TERMINATE}/0 :1000`);
  });
  it("opens the file again when its session is gone, and keeps what it holds", () => {
    for (const ftpError of [FTP_ERROR.invalidSession, FTP_ERROR.fileNotFound]) {
      const { reply, refuse, did, state } = reading();
      reply(piece(0));
      refuse(ftpError, undefined, { seq: 14 });
      expect(did()).toBe(`${OPEN}/0 :1000`);
      reply({ data: size(1000) });
      expect([did(), state().held]).toEqual([`${BURST}/239 :1000`, [{ from: 0, to: 239 }]]);
    }
  });
  it("gives up after five sessions that were gone without a byte between them", () => {
    const { reply, refuse, did, ending } = reading();
    for (let count = 0; count < 5; count++) {
      refuse(FTP_ERROR.invalidSession);
      reply({ data: size(1000) });
    }
    refuse(FTP_ERROR.invalidSession);
    expect(did()).toBe(`${TERMINATE}/0 :1000`);
    reply();
    expect(ending()).toEqual(refused(4));
    const fed = reading();
    for (let count = 0; count < 8; count++) {
      fed.refuse(FTP_ERROR.invalidSession);
      fed.reply({ data: size(1000) });
      fed.reply(piece(count));
    }
    expect(fed.ending()).toBe("reading");
  });
});

describe("a server without bursts", () => {
  const single = () => {
    const it = reading();
    it.refuse(FTP_ERROR.unknownCommand);
    return it;
  };
  it("is asked piece by piece", () => {
    const { reply, did, asked } = single();
    expect(did()).toBe(`${READ}/0 :1000`);
    expect(asked()).toMatchObject({ size: 239, session: SESSION });
    reply(piece(0));
    expect(did()).toBe(`store 0+239 ${READ}/239 :1000`);
  });
  it("ends the file by an error or by an empty piece", () => {
    const byError = single();
    byError.reply(piece(0));
    byError.refuse(FTP_ERROR.endOfFile);
    const byEmpty = single();
    byEmpty.reply(piece(0));
    byEmpty.reply();
    for (const it of [byError, byEmpty]) {
      expect(it.did()).toBe(`${TERMINATE}/0 :1000`);
      it.reply();
      expect(it.ending()).toEqual({ isOk: true, outcome: { kind: "read", sizeBytes: 239 } });
    }
  });
  it("takes no piece from elsewhere, and ends with what it refuses", () => {
    const { reply, refuse, did, ending } = single();
    reply(piece(239));
    expect(did()).toBe("");
    refuse(FTP_ERROR.fail, 9);
    expect(did()).toBe(`${TERMINATE}/0 :1000`);
    reply();
    expect(ending()).toEqual(refused(1, 9));
  });
  it("is one that answers no burst twice", () => {
    const { silence, did } = reading();
    silence();
    expect(did()).toBe(`${BURST}/0 :2000`);
    silence();
    expect(did()).toBe(`${READ}/0 :2000`);
  });
});

describe("a burst that was cut", () => {
  it("is asked for again from the first gap, its numbers far ahead of any late message", () => {
    const { reply, silence, did, asked } = reading();
    reply(piece(0));
    silence();
    expect(did()).toBe(`${BURST}/239 :1000`);
    expect(asked().seq).toBe(14 + 4096);
    reply({ ...piece(500), seq: 20 });
    expect(did()).toBe("");
  });
  it("still delivers during single reads; its refusals are not theirs", () => {
    const { reply, refuse, did, state } = reading();
    reply({ ...piece(239), isBurstComplete: true });
    refuse(FTP_ERROR.endOfFile, undefined, { offsetBytes: 478 });
    expect(did()).toBe(`${READ}/0 :1000`);
    refuse(FTP_ERROR.endOfFile, undefined, { seq: 30, reqOpcode: BURST });
    expect(did()).toBe("");
    reply({ ...piece(0, 100), seq: 31, reqOpcode: BURST, isBurstComplete: true });
    expect(did()).toBe("store 0+100 :1000");
    expect(state().held).toEqual([
      { from: 0, to: 100 },
      { from: 239, to: 478 },
    ]);
  });
});

describe("the end of a job", () => {
  it("by the person closes what is open", () => {
    const asking = talk({ kind: "list", path: "/a" });
    asking.step({ kind: "cancel" });
    expect([asking.ending(), asking.did()]).toEqual([failed({ kind: "cancelled" }), ""]);
    const { step, did, reply, ending } = reading();
    step({ kind: "cancel" });
    expect(did()).toBe(`${TERMINATE}/0 :1000`);
    reply();
    expect(ending()).toEqual(failed({ kind: "cancelled" }));
  });
  it("with the vehicle sends nothing, keeps what is held, and hears nothing more", () => {
    const { reply, step, did, state } = reading();
    reply(piece(0));
    step({ kind: "vehicle-lost" });
    const over = {
      phase: "over",
      ending: failed({ kind: "vehicle-lost" }),
      held: [{ from: 0, to: 239 }],
      nextSeq: 14,
    };
    expect([state(), did()]).toEqual([over, ""]);
    reply(piece(239));
    expect(state()).toEqual(over);
  });
});
