// What a page finds in some browsers, and TypeScript's own list of the web does not hold.

/** Of Chromium: https://wicg.github.io/file-system-access/ */
declare function showOpenFilePicker(options?: { multiple?: boolean }): Promise<FileSystemFileHandle[]>;
declare function showDirectoryPicker(options: { mode: 'read' | 'readwrite' }): Promise<FileSystemDirectoryHandle>;

/** Of Chromium: https://wicg.github.io/manifest-incubations/ */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<unknown>;
}
interface WindowEventMap {
  beforeinstallprompt: BeforeInstallPromptEvent;
}

/** Of Chromium: https://w3c.github.io/battery/ */
interface Navigator {
  getBattery?(): Promise<EventTarget & { level: number; charging: boolean }>;
}

/** Of Chromium: https://webmachinelearning.github.io/prompt-api/ */
interface LanguageModelOptions {
  expectedOutputs?: { type: 'text'; languages: string[] }[];
  initialPrompts?: { role: string; content: string }[];
  monitor?: (monitor: EventTarget) => void;
  signal?: AbortSignal;
}
interface LanguageModelAsk {
  responseConstraint?: object;
  signal?: AbortSignal;
}
declare class LanguageModel {
  static availability(options: LanguageModelOptions): Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>;
  static create(options: LanguageModelOptions): Promise<LanguageModel>;
  readonly contextUsage: number;
  readonly contextWindow: number;
  measureContextUsage(input: { role: string; content: string }[], options?: LanguageModelAsk): Promise<number>;
  promptStreaming(input: { role: string; content: string }[], options?: LanguageModelAsk): ReadableStream<string> & AsyncIterable<string>;
  destroy(): void;
}

/** PyScript's script element, once its worker has been made. */
interface HTMLScriptElement {
  xworker?: Worker;
}
