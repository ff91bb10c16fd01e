import { z } from 'zod';

// Zod would otherwise try `new Function`, which the content security policy forbids. It must come before any schema is made.
z.config({ jitless: true });
