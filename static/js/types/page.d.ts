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

/** PyScript's script element, once its worker has been made. */
interface HTMLScriptElement {
  xworker?: Worker;
}
