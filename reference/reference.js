// Starts the reference. Who signs in by "Try it out" is signed in for what follows, until the page
// is left: the token is kept nowhere else.
const SIGN_IN = '/v1/auth/login';
const EXAMPLE_KEY = '0b9f8c1e-3d52-4a6b-8f0d-2b1c7e5a9d44';

/** Every request gets a key of its own, unless somebody wrote one instead of the example. */
function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** An example is shown in the forms only of what must be sent: a filter nobody set is no filter. */
function withoutSuggestions(contract) {
  const lists = Object.values(contract.paths).flatMap(Object.values);
  const parameters = lists.flatMap((operation) => operation.parameters ?? []);
  for (const parameter of [...parameters, ...Object.values(contract.components.parameters)]) {
    if (!parameter.required) delete parameter.example;
  }
  return contract;
}

const reference = globalThis.SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#reference',
  docExpansion: 'list',
  filter: true,
  plugins: [
    {
      statePlugins: {
        spec: {
          wrapActions: {
            updateJsonSpec: (update) => (contract) => update(withoutSuggestions(contract)),
          },
        },
      },
    },
  ],
  validatorUrl: null,
  persistAuthorization: false,
  defaultModelsExpandDepth: 0,
  requestInterceptor(request) {
    if (request.headers?.['Idempotency-Key'] === EXAMPLE_KEY) {
      request.headers['Idempotency-Key'] = freshKey();
    }
    return request;
  },
  responseInterceptor(response) {
    if (response.ok && new URL(response.url).pathname === SIGN_IN) {
      reference.preauthorizeApiKey('session', JSON.parse(response.text).token);
    }
    return response;
  },
});
