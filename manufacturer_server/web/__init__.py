"""What a desk meets over HTTP: routes, sign-in, problems and limits. The rules themselves are one package up."""
