/**
 * Plays the tones of an alarm and speaks its text with what the browser offers; silent where the browser offers
 * neither.
 */
import type { Language } from "../../app/dictionary.js";
import type { Utterance } from "./alarm.js";

/** Two tones for danger, one for caution, so that they differ even for someone who does not understand the words. */
const TONES_HZ: Readonly<Record<Utterance["tone"], readonly number[]>> = { danger: [880, 660, 880], caution: [520] };
const TONE_S = 0.16;
const LEVEL = 0.15;

function beep(context: AudioContext, tone: Utterance["tone"]): void {
  const { currentTime, destination } = context;
  TONES_HZ[tone].forEach((frequencyHz, i) => {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    oscillator.frequency.value = frequencyHz;
    gain.gain.value = LEVEL;
    oscillator.connect(gain).connect(destination);
    oscillator.start(currentTime + i * TONE_S);
    oscillator.stop(currentTime + (i + 0.8) * TONE_S);
  });
}

type AlarmSound = (utterance: Utterance, language: Language) => void;

export function createAlarmSound(): AlarmSound {
  // Browsers limit the number of audio contexts: one is created at the first alarm and kept.
  let context: AudioContext | undefined;
  return (utterance, language) => {
    if (typeof AudioContext !== "undefined") beep((context ??= new AudioContext()), utterance.tone);
    speak(utterance, language);
  };
}

function speak({ tone, text }: Utterance, language: Language): void {
  if (typeof speechSynthesis === "undefined") return;
  // A danger interrupts a caution that is being spoken.
  if (tone === "danger") speechSynthesis.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = language === "fr" ? "fr-FR" : "en-GB";
  speechSynthesis.speak(utterance);
}
