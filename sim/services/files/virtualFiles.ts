import type { AircraftView } from "../../aircraftView.js";
import type { StoredItem } from "../../autopilot/missionItem.js";
import { PLAN_NAMES, missionTypeOf, planOf, type PlanName } from "../mission/plan.js";
import { openPackedParams, reportedPackedSizeBytes } from "../params/packedParams.js";
import type { ParamTable } from "../params/paramTable.js";
import { openBytes, type MadeFile } from "./fileTree.js";

/** ArduPilot reports a fixed size for virtual files, because it does not generate them to find out. */
const SENT_SYS_BYTES = 100_000;
const REPORTED_MISSION_BYTES = 1024 * 1024;

const text = (words: string): Uint8Array => Buffer.from(words, "latin1");

const UARTS = `UARTV1
SERIAL0 OTG1  TX =  210344 RX =   18333 TXBD=  6820 RXBD=   590 FlowCtrl=0
SERIAL1 UART7 TX*= 1091342 RX*=   42020 TXBD=  5604 RXBD=   218 FlowCtrl=1
SERIAL2 UART5 TX*=       0 RX*=       0 TXBD=     0 RXBD=     0 FlowCtrl=0
SERIAL3 USART1 TX*=   1512 RX*=  402334 TXBD=    21 RXBD=  2070 FlowCtrl=0
`;

/** Some of the files below @SYS; they state that the aircraft is simulated. */
const SYS: Readonly<Record<string, (view: AircraftView) => string>> = {
  "uarts.txt": () => UARTS,
  "memory.txt": () => "MemInfoV1\nDTCM: 93280 of 131072 free, simulated\n",
  "threads.txt": () =>
    "ThreadsV2\nISR           PRI=255 sp=0x20000000 STACK= 992/1536 LOAD= 1.2%\nvigie_sim     PRI=182 LOAD=12.4%\n",
  "tasks.txt": (view) =>
    `TasksV2\nfast_loop MIN=104 MAX=391 AVG=151 OVR=0 SLP=0, TOT=${Math.round(view.nowMs() / 20)}\n`,
  "timers.txt": () => "TIMERSV1\nTIM2  CH3 PWM SIM\n",
};

/** The 38 payload bytes of one MISSION_ITEM_INT. */
function itemBytes(item: StoredItem, seq: number, missionType: number): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(38));
  item.params.forEach((value, i) => {
    bytes.setFloat32(i * 4, value, true);
  });
  bytes.setInt32(16, item.xDegE7, true);
  bytes.setInt32(20, item.yDegE7, true);
  bytes.setFloat32(24, item.zM, true);
  bytes.setUint16(28, seq, true);
  bytes.setUint16(30, item.command, true);
  bytes.setUint8(34, item.frame);
  bytes.setUint8(36, 1);
  bytes.setUint8(37, missionType);
  return new Uint8Array(bytes.buffer);
}

/** `@MISSION/*.dat`: magic, type, options and start (both 0), number of items, then the items as message payloads. */
function missionFile(view: AircraftView, name: PlanName): Uint8Array {
  const { items } = planOf(view.autopilot().mission, name);
  const header = Buffer.alloc(10);
  header.writeUInt16LE(0x763d, 0);
  header.writeUInt16LE(missionTypeOf(name), 2);
  header.writeUInt16LE(items.length, 8);
  return Buffer.concat([header, ...items.map((item, seq) => itemBytes(item, seq, missionTypeOf(name)))]);
}

/** ArduPilot's virtual files: packed parameters, mission lists and system reports. */
export function ardupilotVirtualFiles(view: AircraftView, table: ParamTable): ReadonlyMap<string, MadeFile> {
  const files = new Map<string, MadeFile>([
    [
      "@PARAM/param.pck",
      { reportedSizeBytes: () => reportedPackedSizeBytes(table), open: (query) => openPackedParams(table, query) },
    ],
  ]);
  for (const [name, make] of Object.entries(SYS)) {
    files.set(`@SYS/${name}`, {
      reportedSizeBytes: () => SENT_SYS_BYTES,
      open: () => openBytes(text(make(view)), SENT_SYS_BYTES),
    });
  }
  for (const name of PLAN_NAMES) {
    files.set(`@MISSION/${name}.dat`, {
      reportedSizeBytes: () => REPORTED_MISSION_BYTES,
      open: () => openBytes(missionFile(view, name), REPORTED_MISSION_BYTES),
    });
  }
  return files;
}
