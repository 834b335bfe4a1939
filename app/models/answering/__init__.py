"""From a request to an answer, wherever the model is.

The path of a reply, from the one who asks to the model; each step is there once:

    Automatic            passes on, or for the entry Automatic: RouterProvider chooses a model, tells how, and goes on
                         with its own choice of who takes the place of a model that fails
      Fallback           makes the model ready; a model on this device in place of one elsewhere that cannot be reached
        Summariser       sums up what the model can no longer read of a long chat, where the person wants that
          LocalModelProvider   holds an answer to the JSON schema of its request (Holding), checks that the words may
                               go there (Egress), tells thinking and answer apart, and picks
            BrowserModelEngine | OllamaProvider | Cloud > CloudProvider   the one that owns the model

The first three are WrapperProviders. What stops a request on its way out (Egress) and tells thinking apart stays inside
LocalModelProvider: nobody can compose the app without them. A caller that names a model here, and wants an error
instead of another model, begins at the Summariser: the local API and the benchmark.
"""
