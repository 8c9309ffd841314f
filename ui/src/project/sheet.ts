/** The dialogs that lie over the window, and that none does. */
export type Sheet =
  | 'export'
  | 'library'
  | 'jobs'
  | 'address'
  | 'discardUploads'
  | 'transcribe'
  | 'keys'
  | 'palette'
  | 'history'
  | 'projects'
  | 'rename'
  | 'saveAs'
  | 'settings'
  | null;
