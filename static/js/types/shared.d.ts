// What is true on every thread of this app, and TypeScript's own lists of the web do not hold.

/** Of each language its direction and what our scripts say: language.toml and start.toml in app/ui/words/<language>/, written
 * in by prepare.mjs. */
declare const LANGUAGES: Record<string, { direction: string, words: Record<string, string> }>;

/** Set where memory takes the place of a storage that the browser blocks (static/js/storage/memory.js). */
declare var isStorageBlocked: boolean | undefined;

/** Of Chromium: https://wicg.github.io/file-system-access/ */
interface FileSystemHandle {
  queryPermission?(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
  requestPermission?(descriptor: { mode: 'read' | 'readwrite' }): Promise<PermissionState>;
}

/** Of Chromium: https://wicg.github.io/savedata/ */
interface Navigator {
  readonly connection?: { readonly saveData?: boolean };
}
