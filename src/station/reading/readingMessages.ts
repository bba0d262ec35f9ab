import type { ReadingAnswer, ReadingCall } from "./readingCalls.js";

/** Station to reading worker. */
export type ToReading = { readonly callId: number; readonly call: ReadingCall };

/** Reading worker to station. */
export type FromReading = { readonly callId: number; readonly answer: ReadingAnswer<ReadingCall["kind"]> };
