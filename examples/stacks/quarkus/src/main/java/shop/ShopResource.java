package shop;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** The shop over HTTP. */
@Path("/teapot")
public class ShopResource {
    @Inject
    Shop shop;

    @GET
    public String buy() {
        return "teapot " + shop.sell();
    }
}
