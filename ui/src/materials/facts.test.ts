import { describe, expect, it } from 'vitest';
import { firstSnapshot } from '../ipc/fake/scenes';
import { badges, codecName, formatSize, pictureFacts } from './facts';

describe('facts of a material', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [96_300_000, '96 MB'],
    [999_600_000, '1.0 GB'],
    [8_410_000_000, '8.4 GB'],
  ])('shows %i bytes as %s', (bytes, shown) => expect(formatSize(bytes)).toBe(shown));

  it('names codecs as editors do', () => {
    expect(codecName('h264')).toBe('H.264');
    expect(codecName('wmv3')).toBe('WMV3');
    expect(pictureFacts(null)).toBe('Sound only');
  });

  it('tell what there is to go by', () => {
    const [interview, match, market] = firstSnapshot('ready').materials;
    expect(badges(interview!)).toEqual(['subtitles', 'voice']);
    expect(badges(match!)).toEqual(['voice']);
    expect(badges(market!)).toEqual(['noVoice']);
    expect(badges({ ...market!, allowSpeechless: true })).toEqual(['anyway']);
  });
});
