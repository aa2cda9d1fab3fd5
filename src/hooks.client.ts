import type { HandleClientError } from '@sveltejs/kit';
import { thrownFacts } from '#core/report/thrown';
import { ownFiles } from '#ui/error/own-files.ts';

/** What a page that could not be loaded failed with: the error page shows it, and its report holds the facts. */
export const handleError: HandleClientError = ({ error, status, message }) => {
  if (status === 404) return { message };
  // eslint-disable-next-line no-console -- where developers look; the report says only where it happened
  console.error(error);
  return { message: 'This page could not be opened.', thrown: thrownFacts(error, ownFiles()) };
};
