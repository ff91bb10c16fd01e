import { stackFramesOf } from './stack-frames';

describe('the frames of an error', () => {
  it('say where it came from and nothing of what it said', () => {
    const error = new Error('canary\n    at canary');
    const frames = stackFramesOf(error);
    expect(frames[0]).toContain('stack-frames.spec');
    expect(frames.join()).not.toContain('canary');
  });

  it('are empty for what is not an error', () => {
    expect(stackFramesOf('canary')).toEqual([]);
  });
});
