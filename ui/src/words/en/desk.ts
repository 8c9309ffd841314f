import type { Signal, Stage } from '../../ipc/bindings';
import { list, plural, sentence } from '../grammar';

const quoted = (names: string[]) => names.map((name) => `“${name}”`).join(', ');

/** What stands on the desk: videos, settings, player, timeline and highlights. */
export const deskWords = {
  materials: {
    title: 'Videos',
    total: (count: number, length: string) => `${count} of 5 · ${length}`,
    add: 'Add videos…',
    remove: (name: string) => `Remove ${name}`,
    noPicture: 'Sound only',
    remote: 'Remote',
    badges: { subtitles: 'Subtitles', voice: 'Voice', noVoice: 'No voice', anyway: 'Without speech' },
    transcript: (language: string) => `Transcript, ${language}`,
    states: {
      none: 'Not analysed yet',
      waiting: 'Waiting its turn',
      cancelled: 'Cancelled before it was done',
      highlights: (count: number, kept: number) => {
        if (count === 0) return 'No highlights';
        return kept === 0 ? plural(count, 'highlight') : `${plural(count, 'highlight')}, ${kept} kept`;
      },
      missing: 'Not where it was',
      missingNext: 'Say where the file lies now, or move it back to its folder.',
    },
    remaining: {
      seconds: (value: number) => `${value} s left`,
      minutes: (value: number) => `${value} min left`,
    },
    analyseAnyway: 'Analyse anyway',
    removeAction: 'Remove',
    relink: 'Relink…',
    findAgain: 'Try again',
  },

  stages: {
    probing: 'Reading the file',
    analysing: 'Watching and listening',
    choosing: 'Choosing highlights',
    transcribing: 'Transcribing speech',
    exporting: 'Writing',
    preparing: 'Preparing the preview',
    uploading: 'Uploading',
  } satisfies Record<Stage, string>,

  transcribe: {
    button: 'Transcribe speech…',
    cancel: 'Cancel transcription',
    title: 'Transcribe speech',
    text: 'Writes down what is said, so that words count when highlights are chosen. It runs on this machine and takes its time. Videos with subtitles stay as they are.',
    model: 'Model',
    language: 'Language',
    automatic: 'Detect automatically',
    start: 'Transcribe',
    waiting: 'Waiting to be transcribed',
    failed: 'Not transcribed',
    noModel: 'No model that transcribes speech is installed. Install one in the settings, then come back.',
    install: 'Open settings…',
    said: (index: number) => `Said in highlight ${index}`,
  },

  transcript: {
    title: 'Words',
    back: 'Show the highlights',
    search: 'Search the words',
    found: (count: number) => (count === 0 ? 'Nowhere' : plural(count, 'place')),
    hint: 'Click a word to go there. Drag over words to make a range or correct them.',
    makeRange: (length: string) => `New range, ${length}`,
    correct: 'Correct…',
    correctTo: 'What is said instead',
    take: 'Correct',
    restore: 'As heard',
    correctedByYou: 'Corrected by you',
    nothingSaid: '∅',
    saved: 'The words are in a file',
    empty: {
      notYet: ['No words yet', 'Find highlights to see its subtitles, or transcribe what is said.'],
      running: ['Writing down what is said', 'The words appear here as soon as this video is done.'],
      none: ['No words known', 'Transcribe the speech, or put a subtitle beside the video before opening it.'],
      nothing: ['Nothing is said', 'The transcription heard no words in this video.'],
    },
  },

  notices: {
    fewerThanAsked: (asked: number, found: number) =>
      `${found} of ${asked} wanted: nothing else stands out enough, or fits beside these.`,
    shorterThanClip: 'This video is shorter than the clip duration, so all of it is one range.',
    nothingFound: 'Nothing stands out here. A shorter clip duration may find smaller moments.',
    actionsUnknown: (actions: string[]) => `No action is known as ${quoted(actions)}. Try a more common word.`,
    actionsNeedSoundModel: (actions: string[]) =>
      actions.length === 0
        ? 'Actions are told by their sounds. The model of sound events is not installed, so no range is tagged by sound.'
        : `Recognising ${quoted(actions)} takes the model of sound events, which is not installed.`,
    picturesNotSearched: (cause: string) =>
      `The pictures of this video could not be searched for actions: ${cause}. Find highlights again to try once more; what everything else found stays.`,
    actionsNeedPictureModel: (actions: string[]) =>
      `Recognising ${quoted(actions)} takes a model of pictures and words, and none is installed.`,
  },

  strategy: {
    title: 'What to look for',
    count: 'Highlights per video',
    clipDuration: 'Clip duration',
    seconds: 's',
    detect: 'Detect actions',
    detectNote: 'Tags each highlight with what happens in it.',
    actions: 'Your names for actions',
    actionsPlaceholder: 'Add a name, or paste a list',
    actionsNote: 'Up to 50, five characters each.',
    removeAction: (action: string) => `Remove ${action}`,
    faults: {
      tooLong: (action: string) => `“${action}” is longer than five characters.`,
      duplicate: (action: string) => `“${action}” is already there.`,
      tooMany: (left: number) => `The list holds 50 names; ${plural(left, 'name was', 'names were')} left out.`,
    },
    find: 'Find highlights',
    cancelFind: 'Cancel',
    cancelling: 'Cancelling…',
  },

  work: {
    pause: 'Pause',
    resume: 'Resume',
    paused: 'paused',
  },

  player: {
    title: 'Player',
    video: (name: string) => `Preview of ${name}`,
    preparingNote: 'This format needs a copy the player can show. Analysing goes on meanwhile.',
    none: 'No preview yet',
    noneNote: 'It appears here as soon as the video can be played.',
    cancelled: 'No copy to play',
    cancelledNote: 'This video is shown from a copy, which was cancelled. Highlights can still be found and exported.',
    makeCopy: 'Make the copy',
    cancelCopy: 'Cancel the copy',
    failed: 'The preview cannot be played',
    failedNote: 'Highlights can still be found and exported. Try again, or restart Standout if it stays.',
    speed: 'Speed',
    position: 'Position',
    of: 'of',
    volume: 'Volume',
    track: 'Sound track',
    tracks: {
      usual: 'As the file begins',
      one: (number: number, language: string | null, channels: number) =>
        [`Track ${number}`, ...(language ? [language] : []), plural(channels, 'channel')].join(', '),
    },
  },

  timeline: {
    title: 'Timeline',
    lanes: {
      highlights: 'Highlights',
      pictures: 'Pictures',
      shots: 'Shots',
      interest: 'Interest',
      sound: 'Sound',
      speech: 'Speech',
      tags: 'Tags',
    },
    chooseLanes: 'Lanes',
    overview: 'Overview of the whole video',
    snaps: {
      cut: 'Cut',
      speech: 'Speech',
      word: 'Word',
      playhead: 'Playhead',
      range: 'Highlight',
      marker: 'Marker',
      end: 'End of the video',
    },
    several: (count: number) => `${plural(count, 'range')} selected`,
    marker: (name: string, time: string) => (name === '' ? `Marker at ${time}` : `${name}, marker at ${time}`),
    markerName: 'Name of the marker',
    range: (index: number, start: string, end: string, length: string, judgement: string) =>
      `Highlight ${index}, ${start} to ${end}, ${length}, ${judgement.toLowerCase()}`,
    startEdge: (index: number) => `In point of highlight ${index}`,
    endEdge: (index: number) => `Out point of highlight ${index}`,
    position: 'Playhead',
    empty: 'Waveform, speech and interest appear here once the video is analysed.',
    interestAt: (percent: number) => `Interest ${percent}\u00a0%`,
    lanesLabel: (name: string) => `Pictures, shots, interest, waveform, speech and tags of ${name}`,
  },

  signals: {
    loudness: 'Loudness',
    fullness: 'Unbroken sound',
    voice: 'Voice',
    onset: 'Sudden sounds',
    motion: 'Motion',
    cutRate: 'Fast cutting',
    faces: 'Faces',
    words: 'Telling words',
    soundEvents: 'Striking sounds',
  } satisfies Record<Signal, string>,

  review: {
    title: 'Highlights',
    filters: { all: 'All', undecided: 'Undecided', kept: 'Kept', dropped: 'Dropped' },
    filterLabel: 'Which highlights to show',
    orderLabel: 'Order',
    orders: { time: 'By time', score: 'By score' },
    scopeLabel: 'Which videos to show',
    scopes: { one: 'This video', all: 'All videos' },
    tagLabel: 'Tag',
    anyTag: 'Any tag',
    keep: (index: number) => `Keep highlight ${index}`,
    drop: (index: number) => `Drop highlight ${index}`,
    judgements: { undecided: 'Undecided', kept: 'Kept', dropped: 'Dropped' },
    titleOf: (index: number) => `Title of highlight ${index}`,
    titlePlaceholder: 'Title',
    noteOn: (index: number) => `Note on highlight ${index}`,
    notePlaceholder: 'Note',
    index: (index: number) => `Highlight ${index}`,
    score: (percent: number) => `Score ${percent} of 100`,
    alike: (percent: number, time: string) => `${percent}\u00a0% like the highlight at ${time}.`,
    snapped: (start: string, end: string) => `Snapped: ${start}, ${end}\u00a0s`,
    unsnapped: 'Before snapping',
    /** Each is a part of its command's name. */
    acts: { alike: 'More like this', snap: 'Snap', compare: 'Before or after' },
    added: 'Added by you',
    edited: 'Edited',
    fieldIn: (index: number) => `In point of highlight ${index}`,
    fieldOut: (index: number) => `Out point of highlight ${index}`,
    badTime: 'Write a time such as 1:15 or 75.2.',
    badRange: (from: string, to: string) => `Must lie between ${from} and ${to}.`,
    empty: {
      none: ['No highlights yet', 'Press Find highlights, or {addRange} to add a range at the playhead.'],
      running: ['Looking for highlights', 'They appear here as soon as this video is done.'],
      done: ['No highlights', 'Press {addRange} to add a range at the playhead.'],
      failed: ['This video could not be analysed', 'Its cause and next step stand under its name, among the videos.'],
      undecided: ['Everything is judged', 'Press {filter} to see all, or find others than those dropped.'],
      kept: ['Nothing kept yet', 'Press {keep} to keep the selected highlight.'],
      dropped: ['Nothing dropped', 'Press {drop} to drop the selected highlight. It stays here.'],
    },
    reasons: {
      loudness: 'louder',
      voice: 'more voice',
      onset: 'sharper sounds',
      motion: 'more motion',
      cutRate: 'faster cutting',
      words: 'more telling words',
      fullness: 'fuller, unbroken sound',
      faces: 'closer faces',
      soundEvents: 'more striking sounds',
    } satisfies Record<Signal, string>,
    heard: (what: string, seconds: number, percent: number) =>
      percent < 100 ? `${what} ${seconds}\u00a0s in` : `${what} ${seconds}\u00a0s in, the strongest in this video`,
    because: (heard: string[], compared: (readonly [what: string, percent: number])[]) => {
      const more = list(compared.map(([what, percent]) => `${what} than ${percent}\u00a0%`));
      return sentence([...heard, ...(more ? [`${more} of this video`] : [])].join('; '));
    },
    tag: (start: string, end: string, percent: number) => `${start} to ${end}, ${percent}\u00a0% certain`,
  },
};
