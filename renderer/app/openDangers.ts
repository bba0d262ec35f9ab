import type { Notice } from "../../src/contract/messages.js";
import { Latest } from "../bridge/latest.js";
import { defineStore } from "../bridge/uiStores.js";

/** A problem that comes back has the same id but another time: it must be acknowledged again. */
export const noticeKey = ({ id, unixTimeUs }: Notice): string => `${id} ${unixTimeUs}`;

/** Keys of the danger notices that were acknowledged on this screen. */
export const acknowledgedNotices = defineStore(() => new Latest<ReadonlySet<string>>(new Set()));

/** Danger notices not yet acknowledged on this screen, newest last. */
export const openDangers = (notices: readonly Notice[], acknowledged: ReadonlySet<string>): readonly Notice[] =>
  notices.filter((notice) => notice.severity === "danger" && !acknowledged.has(noticeKey(notice)));
