import { configure } from '@testing-library/react';

// How long a test waits for what it expects on the page before it fails: a machine that is busy loads a lazy part in more than a second.
configure({ asyncUtilTimeout: 15_000 });
