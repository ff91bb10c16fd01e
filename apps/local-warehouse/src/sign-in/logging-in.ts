/** What a login request says of who asks. */
export interface LoggingIn {
  loginName: string | undefined;
  password: string | undefined;
  passcode: string | undefined;
  token: string | undefined;
}
