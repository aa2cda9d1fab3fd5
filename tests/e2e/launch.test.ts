import { expect, test } from './support/test';

// What a desktop does with a double click on a file, for an app that is installed.
test('a file that the system opens with the app is taken in', async ({ page }) => {
  await page.addInitScript(() => {
    const setConsumer = (consumer: (launch: { files: unknown[] }) => void) => {
      Object.assign(window, {
        launch: (name: string, text: string) => {
          consumer({ files: [{ name, getFile: () => Promise.resolve(new File([text], name)) }] });
        },
      });
    };
    Object.defineProperty(window, 'launchQueue', { value: { setConsumer } });
  });
  await page.goto('#/settings');
  await page.getByRole('heading', { name: 'Storage' }).waitFor();
  const launch = (name: string, text: string) =>
    page.evaluate(
      ([name, text]) => {
        (window as unknown as { launch: (name: string, text: string) => void }).launch(name, text);
      },
      [name, text] as const,
    );

  await launch('broken.concord', 'not a project file');
  await expect(page).toHaveURL(/#\/$/);
  await expect(page.getByRole('alert')).toContainText('project file');

  await launch('texts.csv', 'text\nOne\nTwo');
  await expect(page).toHaveURL(/#\/new$/);
  await expect(page.getByRole('textbox', { name: 'Project name' })).toHaveValue('texts');
});
