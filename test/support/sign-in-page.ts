import type { Page } from 'playwright-core';

/** Where the account is typed. */
export const account = (page: Page) => page.getByRole('textbox', { name: 'Account identifier' });
/** Answers the test provider's own page. */
export const atProvider = async (page: Page, name: string, password: string, button = 'Sign in') => {
  await page.getByRole('heading', { name: 'Sign in to the provider' }).waitFor();
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: button }).click();
};
/** Waits until somebody is signed in and sees the list. */
export const workflows = (page: Page) =>
  page
    .getByRole('button', { name: /New workflow/ })
    .first()
    .waitFor();
/** Fills the form of the page, or of the dialog over it. */
export const signInByPassword = async (page: Page, name: string) => {
  await page.getByRole('tab', { name: 'Password' }).click();
  await account(page).fill('demo');
  await page.getByRole('textbox', { name: 'User name' }).fill(name);
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(name);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
};
/** Goes to the provider and signs in there; users' passwords are their names in lower case. */
export const signInByOauth = async (page: Page, name: string, role?: string) => {
  await account(page).fill('demo');
  await page.getByRole('tab', { name: 'Single sign-on' }).click();
  if (role) {
    await page.getByText('Role and warehouse').click();
    await page.getByRole('textbox', { name: 'Role', exact: true }).fill(role);
  }
  await page.getByRole('button', { name: 'Continue with Snowflake' }).click();
  await atProvider(page, name, name.toLowerCase());
};
