import type { Code } from '../../ipc/bindings';

/** A title for every failure, and what to do about it. */
export const errorsWords = {
  errors: {
    fileNotFound: { title: 'File not found', next: 'Check that it is still there, then add it again.' },
    fileUnreadable: { title: 'File cannot be read', next: 'Check its permissions, or copy it to this machine.' },
    notMedia: { title: 'Not a video', next: 'Choose a video file such as MP4, MOV, MKV or WebM.' },
    mediaDamaged: {
      title: 'Nothing in it can be decoded',
      next: 'It is damaged or cut short: copy it again from where it came, or repair it with another tool.',
    },
    noPictureOrSound: { title: 'No picture or sound inside', next: 'Choose a file that plays elsewhere.' },
    unsupportedCodec: { title: 'Format cannot be decoded', next: 'Convert it to H.264 MP4 and add that.' },
    tooManyMaterials: { title: 'More than five videos', next: 'Remove one first, or start another project.' },
    tooLong: { title: 'More than two hours in all', next: 'Remove a video first, or add a shorter one.' },
    alreadyImported: { title: 'Already in the project', next: 'Nothing to do: it is in the list of videos.' },
    emptyMedia: { title: 'Nothing inside', next: 'The file may be cut short: copy it again from its source.' },
    speechless: {
      title: 'No subtitles and no voice',
      next: 'Analyse anyway to go by picture and sound alone.',
    },
    workerCrashed: {
      title: 'Analysing stopped unexpectedly',
      next: 'Try again. If it stops at the same place, convert the file to H.264 MP4.',
    },
    workerHung: { title: 'Analysing made no progress', next: 'Try again, or copy the file to a local disk first.' },
    workerOutOfMemory: { title: 'Not enough memory', next: 'Close other applications, then try again.' },
    diskFull: { title: 'The disk is full', next: 'Free some space or choose another folder.' },
    folderNotWritable: { title: 'Folder cannot be written to', next: 'Choose another folder.' },
    targetExists: { title: 'A file of that name exists', next: 'Tick Replace, or change the name.' },
    templateInvalid: {
      title: 'The name does not work',
      next: 'Keep {index} in it, and use only the placeholders below the field.',
    },
    rangeInvalid: { title: 'The range does not fit', next: 'Keep it inside the video and at least 0.1 s long.' },
    libraryFailed: {
      title: 'The library could not be read or written',
      next: 'Try again. If it stays, close Standout and start it again.',
    },
    libraryDamaged: {
      title: 'The library is damaged',
      next: 'It was moved aside as it is, and an empty one is open. Its projects come back when a backup takes its old place.',
    },
    libraryNewer: {
      title: 'The library is of a newer Standout',
      next: 'It is left as it is: update Standout to open it. What you make until then is kept apart; export it to a file before you update.',
    },
    libraryUnreadable: {
      title: 'The library could not be opened',
      next: 'It is left as it is, and what you make meanwhile is kept apart. Check that its file may be read, then start Standout again.',
    },
    lastProjectUnreadable: {
      title: 'The last project could not be opened',
      next: 'An empty one is open instead, and the other is kept as it is. Update Standout if a newer one saved it, or choose another from the list.',
    },
    projectUnreadable: { title: 'Not a project of this Standout', next: 'Choose another file, or update Standout.' },
    projectUnknown: { title: 'The project is gone', next: 'Choose another one from the list.' },
    materialMissing: { title: 'Video not where it was', next: 'Relink it, move it back, or remove it.' },
    materialChanged: { title: 'The video has changed', next: 'Remove it and add it again.' },
    nothingToExport: { title: 'Nothing to export', next: 'Find highlights or add a range, and keep what you want.' },
    busy: { title: 'Something else is still running', next: 'Wait until it is done, or cancel it.' },
    encodeFailed: { title: 'The clip could not be written', next: 'Try again, or choose another folder.' },
    remoteForbidden: {
      title: 'The server refuses access',
      next: 'Check the address, or the keys of its bucket, then open it again.',
    },
    remoteNotFound: {
      title: 'Nothing at this address',
      next: 'Check the address letter by letter, then open it again.',
    },
    remoteWithoutRanges: {
      title: 'The server sends whole files only',
      next: 'Download the video and open it as a file.',
    },
    remoteInterrupted: { title: 'The connection was cut', next: 'Try again. What was already measured is kept.' },
    remoteUnreachable: {
      title: 'The server does not send the file',
      next: 'Check the address and the network, then try again.',
    },
    assetUnknown: { title: 'Not in the media library', next: 'It was removed meanwhile. Add it once more.' },
    containerUnsuitable: {
      title: 'This kind of file cannot hold the codec',
      next: 'Change the ending of the name, or the codec.',
    },
    encoderMissing: { title: 'The codec cannot be written here', next: 'Choose another codec, such as H.264.' },
    bucketDenied: { title: 'The bucket refuses these keys', next: 'Check both keys, and that they may write to it.' },
    bucketMissing: { title: 'There is no such bucket', next: 'Check its name and the endpoint.' },
    bucketWrongRegion: { title: 'The bucket is in another region', next: 'Change the region in its settings.' },
    bucketChecksums: { title: 'The server rejects checksums', next: 'Turn off Send checksums in its settings.' },
    bucketUnreachable: {
      title: 'The bucket does not answer',
      next: 'Check the network and the endpoint, then try again.',
    },
    bucketFailed: { title: 'The bucket reported a failure', next: 'Try again in a while.' },
    objectExists: { title: 'An object of that name exists', next: 'Tick Replace, or change the name.' },
    uploadInterrupted: { title: 'The upload was cut', next: 'Resume it: what has arrived is not sent again.' },
    secretsUnavailable: {
      title: 'The keys are not available',
      next: 'Unlock the system’s keyring, or enter the keys again in the bucket’s settings.',
    },
    modelUnknown: { title: 'Not a model that Standout knows', next: 'Choose one of the files that the list names.' },
    processorUnsuitable: { title: 'This processor cannot use the model', next: 'Choose another model of its kind.' },
    modelDamaged: { title: 'The file is not the model', next: 'Try again later, or import the file by hand.' },
    modelMissing: {
      title: 'No speech model is installed',
      next: 'Install one, then transcribe again.',
    },
    transcriptionFailed: {
      title: 'The speech could not be transcribed',
      next: 'Try again, or choose another model.',
    },
    downloadFailed: { title: 'The model cannot be downloaded', next: 'Try again later, or import the file by hand.' },
    downloadInterrupted: { title: 'The download was cut', next: 'Download again: it goes on where it was cut.' },
    nothingAlike: {
      title: 'Nothing else is like this highlight',
      next: 'Choose another highlight as the example, or find others.',
    },
    nothingToSnapTo: { title: 'No cut and no pause is near its ends', next: 'Trim the range by hand.' },
    invalidRequest: { title: 'That did not work', next: 'Try again. Restart Standout if it stays.' },
    internal: { title: 'Something went wrong', next: 'Try again. Restart Standout if it stays.' },
  } satisfies Record<Code, { title: string; next: string }>,
};
