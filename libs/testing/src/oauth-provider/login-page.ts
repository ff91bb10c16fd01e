/** A page with a form, as small as one can be; `problem` is shown above it. */
export function loginPage(action: string, problem = ''): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sign in to the provider</title></head>
<body><h1>Sign in to the provider</h1>${problem ? `<p role="alert">${problem}</p>` : ''}
<form method="post" action="${action}">
<label>User name <input name="name" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button name="answer" value="allow">Sign in</button> <button name="answer" value="deny">Cancel</button>
</form></body></html>`;
}
