import createDOMPurify from 'dompurify';
import { marked } from 'marked';

const TAGS = [
  ...[
    'a',
    'b',
    'blockquote',
    'br',
    'code',
    'del',
    'details',
    'em',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'i',
    'img',
  ],
  ...[
    'kbd',
    'li',
    'ol',
    'p',
    'pre',
    's',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'th',
    'thead',
    'tr',
    'ul',
  ],
];
const ATTRIBUTES = ['align', 'alt', 'href', 'src', 'start', 'title'];

/**
 * Markdown of somebody else as elements: no script, style, form or frame comes through; links open in a new tab that
 * knows nothing of this one.
 *
 * @param images `links`: an image becomes a link to it, so that reading tells its host nothing; `shown`: it is loaded
 */
export function renderMarkdown(source: string, images: 'links' | 'shown'): DocumentFragment {
  const fragment = createDOMPurify(window).sanitize(marked.parse(source, { async: false, gfm: true }), {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ATTRIBUTES,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    RETURN_DOM_FRAGMENT: true,
  });
  // Until the fragment is inserted, it belongs to a document that loads nothing.
  for (const image of fragment.querySelectorAll('img')) {
    const src = image.getAttribute('src');
    if (images === 'shown' && src !== null) {
      image.referrerPolicy = 'no-referrer';
      image.loading = 'lazy';
      continue;
    }
    const link = document.createElement('a');
    if (src !== null) link.href = src;
    link.textContent = `Image: ${image.alt || (src ?? 'without an address')}`;
    image.replaceWith(link);
  }
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer nofollow';
  }
  return fragment;
}
