import type { JobDoor, JobState } from '../../ipc/bindings';
import { list, plural } from '../grammar';

/** The media library, and opening what is not a file of this machine. */
export const libraryWords = {
  library: {
    title: 'Media library',
    search: 'Search names and addresses',
    list: 'Media',
    addFiles: 'Add files…',
    addAddress: 'Add address…',
    address: 'Address',
    addressPlaceholder: 'https://, s3:// or oss://',
    add: 'Add',
    loading: 'Looking into the library…',
    failed: 'The library cannot be read',
    empty: 'The library is empty',
    emptyNext: 'It fills as you work: every video you open is kept here, ready for other projects.',
    noMatch: (search: string) => `Nothing matches “${search}”`,
    noMatchNext: 'Search for a part of the name, the folder or the server.',
    clearSearch: 'Clear search',
    count: (count: number) => `${count} in the library`,
    found: (count: number) => `${count} found`,
    soundOnly: 'Sound only',
    silent: 'no sound',
    notUsed: 'Not used in a project',
    usedIn: (names: string[]) =>
      names.length === 1 ? `In ${names[0]}` : `In ${names.length} projects: ${list(names)}`,
    missing: 'Not where it was',
    inProject: 'In this project',
    import: 'Add to project',
    relink: 'Relink…',
    copyId: 'Copy id',
    copied: 'Copied',
    remove: 'Remove from library…',
    removeQuestion: (name: string) => `Remove “${name}” from the library? The file itself stays on disk.`,
    removeUsed: (name: string, projects: number) =>
      `Remove “${name}” from the library? It is used in ${plural(projects, 'project')}; the file itself stays on disk.`,
    removeConfirm: 'Remove',
    chooseOne: 'Choose one to add it to the project.',
    missingNote: 'Relink it to the file’s new place before adding it.',
    keys: (add: string | null, remove: string | null) =>
      [...(add ? [`${add} adds`] : []), ...(remove ? [`${remove} removes`] : [])].join(', '),
  },

  jobs: {
    title: 'Jobs',
    intro:
      'The latest searches, from this window and over HTTP. Those that another process runs are shown as they go, too.',
    list: 'Jobs',
    loading: 'Reading the jobs…',
    failed: 'The jobs cannot be read',
    empty: 'No jobs yet',
    emptyNext: 'They appear here when you find highlights, or when a script hands one in to standout serve.',
    unnamed: 'Untitled',
    more: (first: string, others: number) => `${first} and ${others} more`,
    doors: { window: 'This window', http: 'HTTP' } satisfies Record<JobDoor, string>,
    states: {
      created: 'Waiting',
      executing: 'Running',
      finished: 'Finished',
      failed: 'Failed',
      cancelled: 'Cancelled',
    } satisfies Record<JobState, string>,
    submitted: (when: string) => `Submitted ${when}`,
  },

  addresses: {
    title: 'Open addresses',
    label: 'One address on each line',
    placeholder: 'https://media.example.org/interview.mp4',
    forms: [
      ['https://server/video.mp4', 'A file on a web server'],
      ['s3://bucket/folder/video.mp4', 'An object in a bucket that is set up here'],
      ['oss://bucket/folder/video.mp4', 'The same for Alibaba Cloud OSS'],
    ] as [form: string, meaning: string][],
    note: 'Only the parts that are needed are read. Nothing is downloaded twice.',
    open: (count: number) => (count > 1 ? `Open ${count} videos` : 'Open'),
    fault: (line: number) => `Line ${line} is not an address. Begin it with https://, s3:// or oss://.`,
  },
};
