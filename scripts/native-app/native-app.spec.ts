import { nativeAppFiles } from './native-app-files';
import { nativeAppProblems } from './native-app-rules';

describe('The Native App', () => {
  it('holds only fields that Snowflake knows, and breaks no rule', () => {
    expect(nativeAppProblems(nativeAppFiles())).toEqual([]);
  });
});
